import type { Deps } from '../deps'
import type { OpenApp, WebhookHeaders } from '../providers/contract'
import type { DeliveryEnd } from './delivery'

/** What a provider is answered; `body` goes as JSON. */
export type WebhookAnswer = { status: number; body: unknown }

export type SignedWebhook = {
  /** Every app whose secret verifies it; more than one where apps share a secret. */
  apps: readonly OpenApp[]
  headers: WebhookHeaders
  rawBody: Uint8Array
  /** `sha256:` and the digest of the signed body: unlike a header, it cannot be changed by who repeats it. */
  digest: string
}

/** A verified webhook as its provider's reader understands it. */
export type WebhookReading =
  | {
      kind: 'event'
      app: OpenApp
      eventName: string
      dedupeKey: string
      /** Whether the answer depends on the outcome: then a repeat that comes while the first one runs waits for it. */
      answerCounts: boolean
      /** What it asks for. Throws nothing but what no caller could expect. */
      handle(deps: Deps): Promise<HandledWebhook>
      /** The answer to a repeat of what was handled. */
      repeated: WebhookAnswer
    }
  /** Signed by a known app, but it speaks of another one. */
  | { kind: 'other_app'; eventName: string; words: string }
  | { kind: 'unreadable' }

export type HandledWebhook = { answer: WebhookAnswer; end: DeliveryEnd }

export type WebhookReader = (webhook: SignedWebhook) => WebhookReading

export const acknowledged: WebhookAnswer = { status: 200, body: {} }
