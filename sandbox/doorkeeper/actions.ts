import { z } from 'zod'
import { defineAction, SandboxRefusal } from '../kernel/action'
import type { SandboxAction } from '../kernel/contract'
import type { Engine } from './engine'
import { cutScopes, expireTokens, revokeGrants, type TokenFilter } from './manage'
import { ROTATION_MODES } from './model'
import { readScopes } from './scopes'

const whose = {
  app: z.string().optional().describe('client id; every app when left out'),
  person: z.string().optional().describe('id or e-mail of a person; everybody when left out'),
}

/** The controls that every Doorkeeper-like provider has. */
export function doorkeeperActions(engine: Engine): Record<string, SandboxAction> {
  const { store } = engine
  return {
    expire: defineAction(
      'Let tokens expire now',
      z.object({ ...whose, what: z.enum(['access', 'refresh', 'both']).default('access') }),
      async (input) => ({ pairs: await expireTokens(engine, readFilter(engine, input), input.what) }),
    ),
    revoke: defineAction('Revoke grants, as a customer would', z.object(whose), async (input) => ({
      pairs: await revokeGrants(engine, readFilter(engine, input)),
    })),
    'cut-scopes': defineAction(
      'Take scopes away from live tokens',
      z.object({ ...whose, scopes: z.string().min(1).describe('separated by spaces') }),
      async (input) => ({
        pairs: await cutScopes(engine, readFilter(engine, input), readScopes(input.scopes)),
      }),
    ),
    'rotation-mode': defineAction(
      'Say when a spent refresh token dies',
      z.object({
        mode: z.enum(ROTATION_MODES),
        graceS: z
          .number()
          .int()
          .min(0)
          .nullable()
          .default(600)
          .describe('for grace; null: until its own end'),
      }),
      async ({ mode, graceS }) => {
        store.state.settings = { ...store.state.settings, rotation: mode, graceS }
        await store.commit()
        return { mode, graceS }
      },
    ),
    'pkce-mode': defineAction(
      'Check PKCE, or ignore it as an old server does',
      z.object({ mode: z.enum(['checked', 'ignored']) }),
      async ({ mode }) => {
        store.state.settings.pkce = mode
        await store.commit()
        return { mode }
      },
    ),
    'expire-codes': defineAction('Let unused codes expire now', z.object({}), async () => {
      for (const code of store.state.codes) code.expiresAtMs = 0
      await store.commit()
      return { codes: store.state.codes.length }
    }),
    'end-sessions': defineAction('Sign everybody out of the provider', z.object({}), async () => {
      const sessions = store.state.sessions.length
      store.state.sessions = []
      await store.commit()
      return { sessions }
    }),
  }
}

/** Reads `app` and `person`; refuses names that nobody here has. */
export function readFilter(
  { options }: Engine,
  input: { app?: string | undefined; person?: string | undefined },
): TokenFilter {
  if (input.app !== undefined && options.findClient(input.app) === undefined)
    throw new SandboxRefusal(`no app ${input.app}`)
  if (input.person === undefined) return { clientId: input.app }
  const person = options.people().find((one) => one.id === input.person || one.email === input.person)
  if (person === undefined) throw new SandboxRefusal(`no person ${input.person}`)
  return { clientId: input.app, ownerId: person.id }
}
