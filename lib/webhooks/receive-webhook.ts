import { createHash } from 'node:crypto'
import { isPatchbayError } from '../core/errors'
import type { ProviderId } from '../core/provider'
import type { Deps } from '../deps'
import type { OpenApp, WebhookHeaders } from '../providers/contract'
import { parseWebhookBody } from '../providers/webhook-body'
import { endDelivery, recordDelivery } from './delivery'
import { findSigners } from './find-signers'
import { webhookBytesMax } from './read-body'
import { readEnvoyWebhook } from './read-envoy-webhook'
import { readOutreachWebhook } from './read-outreach-webhook'
import { readOutstandWebhook } from './read-outstand-webhook'
import { storedBody } from './stored-body'
import type { WebhookAnswer, WebhookReader, WebhookReading } from './webhook-reading'

const readers: Record<ProviderId, WebhookReader> = {
  outreach: readOutreachWebhook,
  envoy: readEnvoyWebhook,
  outstand: readOutstandWebhook,
}

export type IncomingWebhook = {
  provider: ProviderId
  headers: WebhookHeaders
  rawBody: Uint8Array
  /** The caller's, for the log. */
  address: string
}

/**
 * Takes one webhook: verified over its raw bytes, stored redacted and committed, then acted on, then acknowledged. What is
 * not signed leaves nothing but a log line.
 *
 * | body | answer |
 * |---|---|
 * | larger than the cap | 413 |
 * | no signature, or one that no app's secret gives (a truncated body is such) | 401 |
 * | signed, but no webhook we can read | 400, stored as failed without its content |
 * | signed, but naming another plugin or app than the one whose secret it is | 404, stored as failed |
 * | the same delivery again | 200, counted, without a second effect |
 *
 * @throws whatever the database throws while it is down: then nothing was acknowledged
 */
export async function receiveWebhook(deps: Deps, incoming: IncomingWebhook): Promise<WebhookAnswer> {
  const { provider, headers, rawBody, address } = incoming
  if (rawBody.byteLength > webhookBytesMax) return tooLarge
  const signers = await findSigners(deps, provider, headers, rawBody)
  if (signers.kind === 'rejected') {
    deps.log.warn({ provider, address, reason: signers.reason }, 'a webhook was refused')
    return signers.reason === 'missing_signature' ? unsigned : wronglySigned
  }
  const digest = `sha256:${createHash('sha256').update(rawBody).digest('hex')}`
  const reading = readers[provider]({ apps: signers.apps, headers, rawBody, digest })
  const [signer] = signers.apps
  switch (reading.kind) {
    case 'event':
      return act(deps, incoming, reading)
    case 'other_app':
      if (signer) await recordFailed(deps, incoming, signer, { ...reading, digest })
      return { status: 404, body: { message: reading.words } }
    case 'unreadable': {
      const words = 'It is signed, but it is no webhook of this provider that can be read.'
      if (signer) await recordFailed(deps, incoming, signer, { eventName: 'unreadable', words, digest })
      return { status: 400, body: { message: 'This webhook cannot be read.' } }
    }
  }
}

export const tooLarge: WebhookAnswer = {
  status: 413,
  body: { message: 'This body is too large for a webhook.' },
}
const unsigned: WebhookAnswer = { status: 401, body: { message: 'This webhook is not signed.' } }
const wronglySigned: WebhookAnswer = {
  status: 401,
  body: { message: 'The signature of this webhook belongs to no app that is known here.' },
}

async function act(
  deps: Deps,
  { provider, rawBody }: IncomingWebhook,
  reading: Extract<WebhookReading, { kind: 'event' }>,
): Promise<WebhookAnswer> {
  const { app, eventName, dedupeKey } = reading
  const delivery = await recordDelivery(deps, {
    provider,
    appId: app.id,
    dedupeKey,
    eventName,
    body: storedBody(provider, parseWebhookBody(rawBody)),
  })
  const repeat = delivery.state === 'done' || (delivery.state === 'running' && !reading.answerCounts)
  if (repeat) return reading.repeated
  try {
    const { answer, end } = await reading.handle(deps)
    await endDelivery(deps, delivery.id, end)
    return answer
  } catch (error) {
    const failureWords = isPatchbayError(error)
      ? error.message
      : 'Patchbay failed to handle it; the log tells why.'
    await endDelivery(deps, delivery.id, { failureWords })
    throw error
  }
}

/** Stores that something came, and none of what it said: without a schema nothing can be redacted. */
async function recordFailed(
  deps: Deps,
  { provider, rawBody }: IncomingWebhook,
  app: OpenApp,
  { eventName, words, digest }: { eventName: string; words: string; digest: string },
): Promise<void> {
  const body = { bytes: rawBody.byteLength, digest }
  const delivery = await recordDelivery(deps, { provider, appId: app.id, dedupeKey: digest, eventName, body })
  await endDelivery(deps, delivery.id, { failureWords: words })
}
