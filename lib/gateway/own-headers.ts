import { etagOf, isUnchanged } from './etag'

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
  return textAnswer(requestId, JSON.stringify(value), more)
}

/** A JSON answer that a program may keep and ask again about: unchanged, it is 304 without a body. */
export function validatedAnswer(
  { requestId, request }: { requestId: string; request: Pick<Request, 'headers'> },
  value: unknown,
): Response {
  const text = JSON.stringify(value)
  const etag = etagOf(text)
  const headers = { etag, 'cache-control': 'private, no-cache' }
  return isUnchanged(request.headers.get('if-none-match'), etag)
    ? unchangedAnswer(requestId, headers)
    : textAnswer(requestId, text, headers)
}

export function unchangedAnswer(requestId: string, more: PlainHeaders): Response {
  return new Response(null, { status: 304, headers: ownHeaders(requestId, more) })
}

function textAnswer(requestId: string, text: string, more: PlainHeaders): Response {
  return new Response(text, {
    headers: ownHeaders(requestId, { 'content-type': 'application/json', ...more }),
  })
}
