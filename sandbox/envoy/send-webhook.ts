import { randomUUID } from 'node:crypto'
import { type WebhookSubject, writeEnvelope } from './envelopes'
import { type EnvoyParts, handOut, mintingOf } from './parts'
import type { WebhookAnswer } from './route-answer'
import { SIGNATURE_HEADER, signBody } from './signature'
import type { EnvoyInstall, WebhookDelivery } from './state'
import { type IssuedPair, mintPair } from './token-pairs'

/** `wrong` is signed with another key, `short` is no digest at all, `missing` leaves the header out. */
export const SIGNINGS = ['right', 'wrong', 'short', 'missing'] as const
export type Signing = (typeof SIGNINGS)[number]

export type WebhookOrder = {
  readonly install: EnvoyInstall
  readonly subject: WebhookSubject
  readonly payload: unknown
  /** Whether the short-lived token goes along; it never does when the plugin has no scopes. */
  readonly withToken: boolean
  readonly signing?: Signing
  /** Named in place of the app's own. */
  readonly pluginId?: string
}

const DELIVERIES_KEPT = 30

function sign(body: string, secret: string, signing: Signing): string | null {
  switch (signing) {
    case 'right':
      return signBody(body, secret)
    case 'wrong':
      return signBody(body, `${secret}x`)
    case 'short':
      return 'bm90IGEgZGlnZXN0'
    case 'missing':
      return null
  }
}

async function mintWebhookToken(parts: EnvoyParts, order: WebhookOrder): Promise<IssuedPair | null> {
  const { state } = parts.store
  const scopes = state.settings.pluginScopes
  if (!order.withToken || scopes.length === 0) return null
  const { clientId, companyId, id: installId } = order.install
  const origin = { kind: 'webhook', installId, companyId } as const
  const issued = mintPair(state, mintingOf(parts), { clientId, origin, scopes })
  await handOut(parts, issued)
  return issued
}

async function post(
  parts: EnvoyParts,
  body: string,
  signature: string | null,
  timeoutMs: number,
): Promise<WebhookAnswer> {
  const headers = new Headers({ 'content-type': 'application/json', 'user-agent': 'Envoy' })
  if (signature !== null) headers.set(SIGNATURE_HEADER, signature)
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const request = { method: 'POST', headers, body, redirect: 'manual', signal } as const
    const answer = await fetch(parts.plugin.webhookUrl, request)
    return { kind: 'answered', status: answer.status, body: await answer.text() }
  } catch {
    return { kind: signal.aborted ? 'timeout' : 'unreachable' }
  }
}

const OUTCOMES = { timeout: 'no answer in time', unreachable: 'not reached' } as const

type Letter = Pick<WebhookDelivery, 'installId' | 'kind' | 'name' | 'body' | 'signature'>

/** Sends a letter as often as the settings say, all at once; the first copy's answer is the one that counts. */
async function deliver(parts: EnvoyParts, letter: Letter): Promise<WebhookAnswer> {
  const { webhookCopies, webhookTimeoutMs } = parts.store.state.settings
  const sentAtMs = parts.context.clock.nowMs()
  const copies = Array.from({ length: webhookCopies }, async () => {
    const startedMs = performance.now()
    const answer = await post(parts, letter.body, letter.signature, webhookTimeoutMs)
    return { answer, tookMs: Math.round(performance.now() - startedMs) }
  })
  const sent = await Promise.all(copies)
  const deliveries = sent.map(({ answer, tookMs }): WebhookDelivery => {
    const answered = answer.kind === 'answered'
    const status = answered ? answer.status : null
    const outcome = answered ? `answered ${answer.status}` : OUTCOMES[answer.kind]
    return { ...letter, id: randomUUID(), sentAtMs, tookMs, status, outcome }
  })
  const { state } = parts.store
  state.deliveries = [...state.deliveries, ...deliveries].slice(-DELIVERIES_KEPT)
  await parts.store.commit()
  return sent[0]?.answer ?? { kind: 'unreachable' }
}

/**
 * Sends one webhook to the plugin's address, signed over the bytes that go out (providers.md 2.6), and waits for the
 * answer as long as the settings say (ms). Never throws: what went wrong is the answer.
 */
export async function sendWebhook(parts: EnvoyParts, order: WebhookOrder): Promise<WebhookAnswer> {
  const { install, subject, payload, signing = 'right', pluginId = parts.plugin.pluginId } = order
  const { envelope, installIdType } = parts.store.state.settings
  const auth = await mintWebhookToken(parts, order)
  const body = writeEnvelope({ subject, pluginId, install, auth, payload }, envelope, installIdType)
  const signature = sign(body, parts.plugin.clientSecret, signing)
  return deliver(parts, { installId: install.id, kind: subject.kind, name: subject.name, body, signature })
}

/** Sends an earlier webhook again, byte for byte and with the same signature. */
export function replayWebhook(parts: EnvoyParts, earlier: WebhookDelivery): Promise<WebhookAnswer> {
  const { installId, kind, name, body, signature } = earlier
  return deliver(parts, { installId, kind, name, body, signature })
}
