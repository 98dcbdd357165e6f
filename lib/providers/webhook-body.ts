/** A verified webhook body as JSON; `null` when it is none (an empty body, broken UTF-8, a cut-off text). */
export function parseWebhookBody(rawBody: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody))
  } catch {
    return null
  }
}
