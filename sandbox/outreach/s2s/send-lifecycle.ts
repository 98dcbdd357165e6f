import { randomUUID } from 'node:crypto'
import { JSON_API_TYPE } from '../api/json-api'
import type { S2sApp } from '../apps'
import type { Delivery } from '../state'
import { lifecycleEvent } from './lifecycle-event'
import { signWebhook } from './sign-webhook'

/** Receivers are to answer within five seconds (providers.md 1.6). */
const PATIENCE_MS = 5_000

export type LifecycleWebhook = {
  readonly eventName: string
  readonly installGuid: string
  /** The delivery's own id; one that was sent before makes this a repetition. */
  readonly id?: string | undefined
  /** A wrong signature, or none at all. */
  readonly signature?: 'right' | 'wrong' | 'missing' | undefined
}

/**
 * POSTs one lifecycle webhook to the app (providers.md 1.6) and tells how it was received. It is sent once: no document
 * speaks of a second attempt for these. Never throws; `nowMs` is the moment of delivery.
 */
export async function sendLifecycle(
  app: S2sApp,
  webhook: LifecycleWebhook,
  nowMs: number,
): Promise<Delivery> {
  const { eventName, installGuid, signature = 'right' } = webhook
  const body = JSON.stringify(lifecycleEvent(installGuid, app.s2sGuid, eventName, nowMs))
  const id = webhook.id ?? randomUUID()
  const headers = {
    'content-type': JSON_API_TYPE,
    'outreach-webhook-id': id,
    ...(signature === 'missing'
      ? {}
      : {
          'outreach-webhook-signature': signWebhook(
            body,
            signature === 'right' ? app.webhookSecret : `${app.webhookSecret}x`,
          ),
        }),
  }
  const delivery = { id, eventName, installGuid, atMs: nowMs }
  if (app.webhookUrl === null) return { ...delivery, status: null, error: 'no webhook URL' }
  try {
    const answer = await fetch(app.webhookUrl, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    await answer.body?.cancel()
    return { ...delivery, status: answer.status, error: null }
  } catch (error) {
    return { ...delivery, status: null, error: reasonOf(error) }
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed'
  const { cause } = error
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.name
}
