import { z } from 'zod'
import { defineAction, SandboxRefusal } from '../../kernel/action'
import type { SandboxAction } from '../../kernel/contract'
import { APP_KEYS, DEV_APP_KEY, S2S_APP_KEY } from '../apps'
import { PEOPLE, personByEmail } from '../data/orgs'
import { ALL_SCOPES, LEGACY_SCOPES, S2S_SCOPES } from '../data/scopes'
import { endDevelopmentGrant, type LapseDeps } from '../oauth/settle-lapses'

const scopeList = z.string().transform((text, context) => {
  const scopes = [...new Set(text.split(/\s+/).filter((scope) => scope !== ''))]
  const unknown = scopes.filter((scope) => !ALL_SCOPES.includes(scope) && !LEGACY_SCOPES.includes(scope))
  if (unknown.length > 0) context.addIssue(`no such scope: ${unknown.join(', ')}`)
  return scopes
})

/** What Outreach adds to the controls that every Doorkeeper has. */
export function oauthControls(deps: LapseDeps): Record<string, SandboxAction> {
  const { store, oauth } = deps
  const { revoke } = oauth.actions
  return {
    ...oauth.actions,
    ...(revoke === undefined ? {} : { revoke: forgettingConsents(deps, revoke) }),
    lapse: defineAction(
      'Let development grants lapse now, as Outreach does weekly',
      z.object({
        person: z
          .enum(PEOPLE.map((one) => one.email))
          .nullable()
          .default(null)
          .describe('null: everybody'),
      }),
      async ({ person }) => {
        const found = person === null ? undefined : personByEmail(person)
        const consents = store.state.consents[DEV_APP_KEY] ?? []
        const ids = found === undefined ? consents.map((one) => one.personId) : [found.id]
        let pairs = 0
        for (const id of ids) pairs += await endDevelopmentGrant(deps, id)
        return { people: ids.length, pairs }
      },
    ),
    'app-scopes': defineAction(
      'Register an app with other scopes; tokens keep those they have',
      z.object({
        app: z.enum(APP_KEYS).default(DEV_APP_KEY),
        scopes: scopeList.describe('separated by spaces; none: those it began with'),
      }),
      async ({ app, scopes }) => {
        const foreign = app === S2S_APP_KEY ? scopes.filter((one) => !S2S_SCOPES.includes(one)) : []
        if (foreign.length > 0) throw new SandboxRefusal(`S2S does not reach ${foreign.join(', ')}`)
        const { [app]: _, ...others } = store.state.appScopes
        store.state.appScopes = scopes.length === 0 ? others : { ...others, [app]: scopes }
        await store.commit()
        return { app, scopes }
      },
    ),
  }
}

/** A consent ends with its last token: who authorises again is newly arrived. */
function forgettingConsents({ store, oauth }: LapseDeps, revoke: SandboxAction): SandboxAction {
  return {
    ...revoke,
    async run(raw) {
      const result = await revoke.run(raw)
      const live = new Set(
        oauth
          .tokens()
          .filter((row) => oauth.isLive(row))
          .map((row) => `${row.clientId}/${row.ownerId}`),
      )
      for (const [key, consents] of Object.entries(store.state.consents))
        store.state.consents[key] = consents.filter((one) => live.has(`${key}/${one.personId}`))
      await store.commit()
      return result
    },
  }
}
