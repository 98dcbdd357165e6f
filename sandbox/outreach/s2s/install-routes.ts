import { type Context, Hono } from 'hono'
import { readBody, single } from '../../kernel/body'
import type { SandboxEnv } from '../../kernel/contract'
import { type Org, orgById, type Person, personById } from '../data/orgs'
import type { Install } from '../state'
import type { S2sDeps } from './actions'
import { chooseOrgPage, confirmPage, noticePage, signInPage } from './install-pages'
import { installOfOrg } from './installs'
import { deliver, installApp, landingFor, orgByShortname, uninstallApp } from './life-of-install'

/** Name of the event sent when an install is configured again; the real one is not published (providers.md 1.6). */
export const RECONFIGURED_EVENT = 'install.reconfigured'

/** The install link: choose the company, sign in, then install, configure again or uninstall. */
export function installRoutes(deps: S2sDeps): Hono<SandboxEnv> {
  const routes = new Hono<SandboxEnv>()
  routes.get('/apps/:guid/install', (c) => (isOurs(deps, c) ? show(deps, c) : unknownApp()))
  routes.post('/apps/:guid/install', (c) => (isOurs(deps, c) ? submit(deps, c) : unknownApp()))
  // The way from Outreach's list of apps to an app's own settings: another visit with a fresh setup token.
  routes.get('/apps/:guid/configure/:install', async (c) => {
    const install = deps.store.state.installs.find((one) => one.guid === c.req.param('install'))
    if (!isOurs(deps, c) || install === undefined || install.deletedAtMs !== null) return unknownApp()
    return leave(deps, install)
  })
  return routes
}

function isOurs(deps: S2sDeps, c: Context<SandboxEnv>): boolean {
  return c.req.param('guid') === deps.app.s2sGuid
}

function unknownApp(): Promise<Response> {
  return noticePage('Unknown app', 'There is no such app, or it is not installed here.')
}

async function show(deps: S2sDeps, c: Context<SandboxEnv>): Promise<Response> {
  const { state } = deps.store
  const person = personById(Number(c.req.query('person')))
  const org = person === undefined ? orgByShortname(c.req.query('org') ?? '') : orgById(person.orgId)
  if (org === undefined) {
    const live = state.installs.filter((install) => install.deletedAtMs === null)
    return chooseOrgPage(
      deps.app,
      live.map((install) => install.orgId),
    )
  }
  if (person === undefined) return signInPage(deps.app, org)
  const refusal = refuse(deps, org, person)
  if (refusal !== undefined) return refusal
  const scopes = state.appScopes[deps.app.key] ?? deps.app.scopes
  return confirmPage(deps.app, scopes, org, person, installOfOrg(state, org.id))
}

async function submit(deps: S2sDeps, c: Context<SandboxEnv>): Promise<Response> {
  const { fields } = await readBody(c)
  const person = personById(Number(single(fields, 'person')))
  const org = person === undefined ? undefined : orgById(person.orgId)
  if (person === undefined || org === undefined)
    return noticePage('Not signed in', 'Start again from the link.')
  const refusal = refuse(deps, org, person)
  if (refusal !== undefined) return refusal

  const install = installOfOrg(deps.store.state, org.id)
  const act = single(fields, 'act')
  if (act === 'install') return install === undefined ? doInstall(deps, org, person) : leave(deps, install)
  if (install === undefined) return noticePage('Not installed', `${org.name} does not have this app.`, person)
  if (act === 'reconfigure') {
    await deliver(deps, { eventName: RECONFIGURED_EVENT, installGuid: install.guid })
    return leave(deps, install)
  }
  if (act !== 'uninstall') return noticePage('Nothing was done', 'This form was not understood.', person)
  await uninstallApp(deps, org)
  return noticePage('Uninstalled', `${deps.app.name} was removed from ${org.name}.`, person)
}

async function doInstall(deps: S2sDeps, org: Org, person: Person): Promise<Response> {
  const { landing, install } = await installApp(deps, org, person)
  return landing === undefined
    ? noticePage(
        'Installed',
        `${deps.app.name} is installed in ${org.name}. Install ID: ${install.guid}`,
        person,
      )
    : redirect(landing)
}

async function leave(deps: S2sDeps, install: Install): Promise<Response> {
  const landing = await landingFor(deps, install)
  return landing === undefined ? noticePage('No settings page', 'This app has none.') : redirect(landing)
}

function refuse(deps: S2sDeps, org: Org, person: Person): Promise<Response> | undefined {
  const { lockedOrgs, deletedOrgs } = deps.store.state
  if (lockedOrgs.includes(org.id) || deletedOrgs.includes(org.id))
    return noticePage('Company locked', `${org.name} cannot sign in at present.`)
  if (!person.admin) {
    const words = 'Only an admin can install apps. Ask an admin of your company.'
    return noticePage('Admins only', words, person)
  }
  return undefined
}

function redirect(to: URL): Response {
  return new Response(null, {
    status: 303,
    headers: { location: to.href, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
  })
}
