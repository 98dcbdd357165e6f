import { createHmac } from 'node:crypto'
import type { SandboxApp, SandboxContext } from '../kernel/contract'
import type { Store } from '../kernel/store'
import type { OutstandState, SignatureDigest } from './state'

/** One event on its way to an app, with every attempt so far. */
export type Delivery = {
  readonly id: string
  readonly event: string
  readonly app: string
  readonly attempts: { readonly at: string; readonly outcome: string }[]
  state: 'pending' | 'delivered' | 'failed'
}

/** How to spoil a webhook on purpose. */
export const SPOILS = ['none', 'wrong_signature', 'no_signature', 'cut_body'] as const
export type Spoil = (typeof SPOILS)[number]

export type WebhookOrder = {
  readonly app: SandboxApp
  readonly event: string
  readonly body: Readonly<Record<string, unknown>>
  readonly spoil?: Spoil | undefined
  /** An id used before makes a replay. */
  readonly id?: string | undefined
}

export type WebhookSender = {
  /** Sends now and tries again as documented; gives the delivery, which goes on changing. */
  send(order: WebhookOrder): Delivery
  deliveries(): readonly Delivery[]
  clear(): void
}

/** After each failure: five attempts in all (application_endpoints.md). */
const RETRY_DELAYS_MS = [10_000, 15_000, 90_000, 180_000] as const
const TIMEOUT_MS = 15_000
const KEPT = 100

/** `sha256=<hex>` or `sha512=<hex>` of the body's bytes. */
export function signBody(body: string, secret: string, digest: SignatureDigest): string {
  return `${digest}=${createHmac(digest, secret).update(body, 'utf8').digest('hex')}`
}

/** A sender on the context's schedule: jumps of the clock make retries due. */
export function createWebhookSender(context: SandboxContext, store: Store<OutstandState>): WebhookSender {
  let deliveries: Delivery[] = []
  return {
    send(order) {
      const delivery: Delivery = {
        id: order.id ?? nextId(store),
        event: order.event,
        app: order.app.key,
        attempts: [],
        state: 'pending',
      }
      deliveries = [delivery, ...deliveries.slice(0, KEPT - 1)]
      const message = writeMessage(order, delivery.id, store.state.settings.digest)
      const url = order.app.webhookUrl
      if (url === null) delivery.state = 'failed'
      else context.schedule.after(0, () => attempt(context, url, message, delivery))
      return delivery
    },
    deliveries: () => deliveries,
    clear: () => {
      deliveries = []
    },
  }
}

function nextId(store: Store<OutstandState>): string {
  const id = String(store.state.nextWebhookId)
  store.state.nextWebhookId += 1
  store.touch()
  return id
}

type Message = { readonly headers: Readonly<Record<string, string>>; readonly body: string }

function writeMessage(
  { app, event, body, spoil }: WebhookOrder,
  id: string,
  digest: SignatureDigest,
): Message {
  const whole = JSON.stringify(body)
  const secret = spoil === 'wrong_signature' ? 'not the shared secret' : (app.webhookSecret ?? '')
  return {
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Outstand-Webhook',
      'x-outstand-event': event,
      'x-outstand-id': id,
      ...(spoil === 'no_signature' ? {} : { 'x-outstand-signature': signBody(whole, secret, digest) }),
    },
    body: spoil === 'cut_body' ? whole.slice(0, Math.floor(whole.length / 2)) : whole,
  }
}

async function attempt(
  context: SandboxContext,
  url: string,
  message: Message,
  delivery: Delivery,
): Promise<void> {
  const outcome = await post(url, message)
  delivery.attempts.push({ at: context.clock.now().toISOString(), outcome })
  const delayMs = RETRY_DELAYS_MS[delivery.attempts.length - 1]
  if (outcome === '200') delivery.state = 'delivered'
  else if (delayMs === undefined) delivery.state = 'failed'
  else context.schedule.after(delayMs, () => attempt(context, url, message, delivery))
}

/** Only 200 counts as received. */
async function post(url: string, message: Message): Promise<string> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...message,
    })
    await answer.body?.cancel()
    return String(answer.status)
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'no answer'
  }
}
