import { z } from 'zod'
import { readScopes } from '../doorkeeper/scopes'
import { defineAction, SandboxRefusal } from '../kernel/action'
import type { SandboxAction } from '../kernel/contract'
import { PLAIN_APP, WHITE_LABEL_APP } from './apps'
import { contactRows } from './contacts'
import { CONTACT_EVENTS, contactPayload, listeners, statusPayload, tellStatus } from './notify'
import type { Outstand } from './outstand-parts'
import { presentUsers } from './people'
import { type OutstandUser, SIGNATURE_DIGESTS, USER_SCOPES, USER_STATUSES } from './state'
import { SPOILS } from './webhooks'

const person = z.string().describe('username, e-mail or id of a user')

/** The controls that only Outstand has. */
export function outstandActions(parts: Outstand): Record<string, SandboxAction> {
  const { store } = parts
  return {
    'user-status': defineAction(
      "Change a user's status; disabled, suspended and canceled put their tokens to sleep",
      z.object({ person, status: z.enum(USER_STATUSES) }),
      async (input) => {
        const user = findUser(parts, input.person)
        user.status = input.status
        await store.commit()
        tellStatus(parts, user)
        return statusPayload(user)
      },
    ),
    'rate-limit': defineAction(
      'Set the limit of calls',
      z.object({
        limit: z.number().int().min(1).default(300),
        windowS: z.number().int().min(1).default(300),
        retryAfter: z.enum(['seconds', 'http_date']).default('seconds'),
        countsTokenCalls: z.boolean().default(false).describe('whether /oauth/token counts too'),
      }),
      async (input) => {
        Object.assign(store.state.settings, input)
        store.state.windows = {}
        await store.commit()
        return input
      },
    ),
    'default-scopes': defineAction(
      'Say what a request without scope gets',
      z.object({
        scopes: z.string().default('').describe('separated by spaces; empty: a token without scopes'),
      }),
      async (input) => {
        const scopes = readScopes(input.scopes)
        const unknown = scopes.filter((scope) => !USER_SCOPES.some((one) => one === scope))
        if (unknown.length > 0) throw new SandboxRefusal(`no scope ${unknown.join(' ')}`)
        store.state.settings.defaultScopes = scopes
        await store.commit()
        return { scopes }
      },
    ),
    'webhook-digest': defineAction(
      'Choose the digest of webhook signatures',
      z.object({ digest: z.enum(SIGNATURE_DIGESTS) }),
      async ({ digest }) => {
        store.state.settings.digest = digest
        await store.commit()
        return { digest }
      },
    ),
    'send-webhook': defineAction(
      'Send a webhook, in order or spoilt on purpose',
      z.object({
        event: z.enum(['user_status', ...CONTACT_EVENTS]).default('user_status'),
        person: person.default('lena@crestline.example'),
        app: z.enum([PLAIN_APP, WHITE_LABEL_APP]).optional().describe('all who listen when left out'),
        spoil: z.enum(SPOILS).default('none'),
        id: z.string().min(1).optional().describe('an id used before makes a replay'),
      }),
      (input) => {
        const user = findUser(parts, input.person)
        const apps = parts.apps.filter(({ key }) => key === input.app)
        const to = input.app === undefined ? listeners(parts, user.id) : apps
        if (to.length === 0) throw new SandboxRefusal(`no app listens to ${user.username}`)
        const body =
          input.event === 'user_status'
            ? statusPayload(user)
            : contactPayload(user, input.event, Number(contactRows(store.state, user.id)[0]?.id ?? 1))
        const { event, spoil, id } = input
        return to.map((app) => parts.sender.send({ app, event, body, spoil, id }).id)
      },
    ),
  }
}

function findUser(parts: Outstand, name: string): OutstandUser {
  const user = presentUsers(parts.store.state).find(
    ({ id, username, email }) => name === id || name === username || name === email,
  )
  if (user === undefined) throw new SandboxRefusal(`no user ${name}`)
  return user
}
