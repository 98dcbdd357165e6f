import { z } from 'zod'
import { defineAction } from '../kernel/action'
import type { SandboxAction } from '../kernel/contract'
import type { EnvoyParts } from './parts'
import { ENVOY_SCOPES } from './scopes'
import {
  ENVELOPES,
  type EnvoySettings,
  INSTALL_ID_TYPES,
  PKCE_MODES,
  ROTATION_MODES,
  SUBJECT_ERRORS,
} from './state'

const DEADLINE_MAX_MS = 60_000

/** A switch for each thing that is unknown of the real Envoy, or that a test wants otherwise. */
export function settingActions({ store }: EnvoyParts): Record<string, SandboxAction> {
  const change = async (settings: Partial<EnvoySettings>): Promise<EnvoySettings> => {
    Object.assign(store.state.settings, settings)
    await store.commit()
    return store.state.settings
  }
  return {
    'rotation-mode': defineAction(
      'When a used refresh token dies: at the first use of its successor, at once, or (grace) at its own end',
      z.object({ mode: z.enum(ROTATION_MODES) }),
      ({ mode }) => change({ rotationMode: mode }),
    ),
    envelope: defineAction(
      'The shape of webhooks: request_meta (older) or meta and payload (current)',
      z.object({ shape: z.enum(ENVELOPES) }),
      ({ shape }) => change({ envelope: shape }),
    ),
    'install-id-type': defineAction(
      'Whether webhooks write the install id as a number or a string',
      z.object({ type: z.enum(INSTALL_ID_TYPES) }),
      ({ type }) => change({ installIdType: type }),
    ),
    'subject-error': defineAction(
      'How a dead code, refresh token or install is refused: 404 subject not found, or 400 invalid_grant',
      z.object({ error: z.enum(SUBJECT_ERRORS) }),
      ({ error }) => change({ subjectError: error }),
    ),
    pkce: defineAction(
      'Whether a code challenge is held to its verifier',
      z.object({ mode: z.enum(PKCE_MODES) }),
      ({ mode }) => change({ pkce: mode }),
    ),
    'webhook-deadline': defineAction(
      'How long a webhook waits for its answer',
      z.object({ ms: z.number().int().min(1).max(DEADLINE_MAX_MS).default(3000) }),
      ({ ms }) => change({ webhookTimeoutMs: ms }),
    ),
    'double-send': defineAction(
      'Send every webhook twice at once',
      z.object({ on: z.boolean().default(true) }),
      ({ on }) => change({ webhookCopies: on ? 2 : 1 }),
    ),
    'uninstall-revokes': defineAction(
      'Whether an uninstall ends the tokens of the install',
      z.object({ on: z.boolean() }),
      ({ on }) => change({ uninstallRevokes: on }),
    ),
    'plugin-scopes': defineAction(
      'The scopes that the plugin is registered with, for tokens from now on',
      z.object({ scopes: z.array(z.enum(ENVOY_SCOPES)) }),
      ({ scopes }) => change({ pluginScopes: [...scopes] }),
    ),
    'rate-limit': defineAction(
      'Answer 429 beyond a number of API calls of a company in a window; null for no limit',
      z.object({
        limit: z.number().int().min(1).nullable().default(60),
        windowS: z.number().int().min(1).default(60),
        retryAfter: z.boolean().default(false).describe('add Retry-After, of which Envoy says nothing'),
      }),
      ({ limit, windowS, retryAfter }) =>
        change({ rateLimit: limit === null ? null : { limit, windowS, retryAfter } }),
    ),
  }
}
