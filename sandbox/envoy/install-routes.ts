import type { Context, Hono } from 'hono'
import { type Fields, readBody, single } from '../kernel/body'
import type { SandboxEnv } from '../kernel/contract'
import { type EnvoyPerson, managedLocations } from './directory'
import { beginInstall, findInstall, liveInstallAt, mayManage } from './installs'
import { appPage } from './pages/app-page'
import { installPage } from './pages/install-page'
import { messagePage } from './pages/message-page'
import { stepPage } from './pages/step-page'
import type { EnvoyParts } from './parts'
import { signedIn, signInUrl } from './session'
import { loadOptions, type StepValues, sendEvent, submitStep, uninstall } from './setup-step'
import type { EnvoyInstall } from './state'

const DELIVERIES_SHOWN = 10

function savedText(install: EnvoyInstall, name: string): string {
  const value = install.config[name]
  return typeof value === 'string' ? value : ''
}

function readStep(fields: Fields): StepValues {
  const text = (name: string) => single(fields, name) ?? ''
  return { 'display-name': text('display-name'), 'default-host': text('default-host') }
}

/** Installing a plugin in the browser: the app's page, its set-up step, and what can be done with an install later. */
export function addInstallRoutes(app: Hono<SandboxEnv>, parts: EnvoyParts): void {
  const { plugin, store, context } = parts
  const appPath = `/app-store/${plugin.clientId}`

  const withPerson = async (
    c: Context<SandboxEnv>,
    go: (person: EnvoyPerson) => Promise<Response>,
  ): Promise<Response> => {
    const person = signedIn(parts, c)
    return person === undefined ? c.redirect(signInUrl(c), 303) : go(person)
  }

  const withInstall = (
    c: Context<SandboxEnv>,
    go: (install: EnvoyInstall, person: EnvoyPerson) => Promise<Response>,
  ): Promise<Response> =>
    withPerson(c, async (person) => {
      const install = findInstall(store.state, Number(c.req.param('id')))
      if (install !== undefined && mayManage(person, install)) return go(install, person)
      const words = 'There is no such install at a place that you manage.'
      return messagePage({ title: 'Not found', words, user: person }, 404)
    })

  const showStep = async (
    install: EnvoyInstall,
    person: EnvoyPerson,
    submitted?: { values: StepValues; message: string },
  ): Promise<Response> => {
    const saved = {
      'display-name': savedText(install, 'display-name'),
      'default-host': savedText(install, 'default-host'),
    }
    const loaded = await loadOptions(parts, install)
    const options = loaded.kind === 'options' ? loaded.options : null
    const failure = loaded.kind === 'blocked' ? loaded.message : null
    const message = submitted?.message ?? failure
    const view = {
      install,
      appName: plugin.name,
      person,
      options,
      message,
      values: submitted?.values ?? saved,
    }
    return stepPage(view)
  }

  app.get(appPath, (c) =>
    withPerson(c, (person) => {
      const places = managedLocations(person).map((location) => ({
        location,
        install: liveInstallAt(store.state, plugin.clientId, location.id),
      }))
      if (places.length > 0) return appPage(plugin, store.state.settings.pluginScopes, person, places)
      const words = 'Only a Global Admin or a Location Admin can install apps. Ask one, or sign in as one.'
      return messagePage({ title: `${plugin.name} was not installed`, words, user: person }, 403)
    }),
  )

  app.post(appPath, (c) =>
    withPerson(c, async (person) => {
      const { fields } = await readBody(c)
      const locationId = single(fields, 'location') ?? ''
      const nowMs = context.clock.nowMs()
      const install = beginInstall(store.state, { app: plugin, person, locationId, nowMs })
      if (install === null) {
        const words = 'You do not manage that place.'
        return messagePage({ title: `${plugin.name} was not installed`, words, user: person }, 403)
      }
      await store.commit()
      return c.redirect(`/installs/${install.id}/steps/0`, 303)
    }),
  )

  app.get('/installs/:id/steps/0', (c) =>
    withInstall(c, async (install, person) =>
      install.status === 'uninstalled'
        ? c.redirect(`/installs/${install.id}`, 303)
        : showStep(install, person),
    ),
  )

  app.post('/installs/:id/steps/0', (c) =>
    withInstall(c, async (install, person) => {
      const { fields } = await readBody(c)
      const values = readStep(fields)
      if (install.status === 'uninstalled') return c.redirect(`/installs/${install.id}`, 303)
      const verdict = await submitStep(parts, install, values)
      if (verdict.kind === 'blocked') return showStep(install, person, { values, message: verdict.message })
      return c.redirect(`/installs/${install.id}`, 303)
    }),
  )

  app.get('/installs/:id', (c) =>
    withInstall(c, (install, person) => {
      const sent = store.state.deliveries.filter(({ installId }) => installId === install.id).reverse()
      const target = { name: plugin.name, url: context.appUrl }
      return installPage(install, target, person, sent.slice(0, DELIVERIES_SHOWN))
    }),
  )

  app.post('/installs/:id/visitor', (c) =>
    withInstall(c, async (install) => {
      if (install.status === 'installed') await sendEvent(parts, install, 'entry_sign_in')
      return c.redirect(`/installs/${install.id}`, 303)
    }),
  )

  app.post('/installs/:id/uninstall', (c) =>
    withInstall(c, async (install) => {
      if (install.status !== 'uninstalled') await uninstall(parts, install, true)
      return c.redirect(`/installs/${install.id}`, 303)
    }),
  )
}
