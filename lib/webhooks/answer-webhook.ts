import type { ProviderId } from '../core/provider'
import type { Deps } from '../deps'
import type { WebhookHeaders } from '../providers/contract'
import { readBody } from './read-body'
import { receiveWebhook, tooLarge } from './receive-webhook'
import type { WebhookAnswer } from './webhook-reading'

/** Envoy and Outstand send again after it; nothing of the webhook was acknowledged. */
const unavailable: WebhookAnswer = {
  status: 503,
  body: { message: 'This webhook could not be stored just now. Please send it again.' },
}

export type WebhookRequest = {
  provider: ProviderId
  headers: WebhookHeaders
  body: ReadableStream<Uint8Array> | null
  /** The caller's, for the log. */
  address: string
}

/** The answer to one request at a webhook URL. Never throws: a database that is down gets 503 and a line in the log. */
export async function answerWebhook(deps: Deps, request: WebhookRequest): Promise<WebhookAnswer> {
  const { provider, headers, address } = request
  try {
    const rawBody = await readBody(request.body)
    return rawBody ? await receiveWebhook(deps, { provider, headers, rawBody, address }) : tooLarge
  } catch (error) {
    deps.log.error({ err: error, provider, address }, 'a webhook was not handled')
    return unavailable
  }
}
