import { z } from 'zod'
import { defineAction } from '../kernel/action'
import type { SandboxAction } from '../kernel/contract'
import type { EnvoyParts } from './parts'
import { pickFields, pickTokens } from './pick-tokens'
import { ENVOY_SCOPES } from './scopes'
import { isAccessLive, revokePair } from './token-pairs'

/** What can be done to tokens that are out. */
export function tokenActions({ context, store }: EnvoyParts): Record<string, SandboxAction> {
  return {
    expire: defineAction(
      'Let tokens expire now',
      z.object({ ...pickFields, what: z.enum(['access', 'refresh', 'both']).default('access') }),
      async ({ what, ...pick }) => {
        const nowMs = context.clock.nowMs()
        const pairs = pickTokens(store.state, pick)
        for (const pair of pairs) {
          if (what !== 'refresh') pair.accessExpiresAtMs = Math.min(pair.accessExpiresAtMs, nowMs)
          if (what !== 'access' && pair.refresh !== null) {
            pair.refresh.expiresAtMs = Math.min(pair.refresh.expiresAtMs, nowMs)
          }
        }
        await store.commit()
        return { pairs: pairs.length }
      },
    ),
    revoke: defineAction('Revoke tokens, both halves', z.object(pickFields), async (pick) => {
      const pairs = pickTokens(store.state, pick)
      for (const pair of pairs) revokePair(pair)
      await store.commit()
      return { pairs: pairs.length }
    }),
    'cut-scopes': defineAction(
      'Take scopes away from the plugin and from every token that is out',
      z.object({ scopes: z.array(z.enum(ENVOY_SCOPES)).min(1) }),
      async ({ scopes }) => {
        const gone = new Set<string>(scopes)
        const { settings, tokens } = store.state
        settings.pluginScopes = settings.pluginScopes.filter((scope) => !gone.has(scope))
        for (const pair of tokens) pair.scopes = pair.scopes.filter((scope) => !gone.has(scope))
        await store.commit()
        return { pluginScopes: settings.pluginScopes }
      },
    ),
    tokens: defineAction(
      'List the tokens that are out, without their values',
      z.object(pickFields),
      (pick) => {
        const nowMs = context.clock.nowMs()
        return pickTokens(store.state, pick).map((pair) => ({
          app: pair.clientId,
          origin: pair.origin,
          scopes: pair.scopes,
          accessFingerprint: pair.accessHash.slice(0, 12),
          accessLive: isAccessLive(pair, nowMs),
          accessExpiresAt: new Date(pair.accessExpiresAtMs).toISOString(),
          refreshFingerprint: pair.refresh?.hash.slice(0, 12) ?? null,
          refreshDead: pair.refresh?.dead ?? null,
          refreshExpiresAt: pair.refresh === null ? null : new Date(pair.refresh.expiresAtMs).toISOString(),
        }))
      },
    ),
  }
}
