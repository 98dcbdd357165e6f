/** Header of every answer that Patchbay itself wrote, so that a program tells our 429 from the provider's. */
export const answerHeader = 'patchbay-answer'
export const requestIdHeader = 'patchbay-request-id'

/** A plain object: the server's adapter writes it as it stands, without making `Headers` of it. */
export type PlainHeaders = Record<string, string>

/** Headers of an answer of the gateway's own. @param more wins over what is the same for all */
export function ownHeaders(requestId: string, more: PlainHeaders): PlainHeaders {
  return {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    [answerHeader]: 'gateway',
    [requestIdHeader]: requestId,
    ...more,
  }
}

/** A JSON answer of the gateway. */
export function jsonAnswer(requestId: string, value: unknown, more: PlainHeaders = {}): Response {
  return new Response(JSON.stringify(value), {
    headers: ownHeaders(requestId, { 'content-type': 'application/json', ...more }),
  })
}
