import { etagOf, isUnchanged } from '../etag'
import type { Operation } from '../operation'
import { ownHeaders, unchangedAnswer } from '../own-headers'
import { openApiDocument } from './document'

export const documentPath = '/api/v1/openapi.json'

/** Answers with the OpenAPI document, made when it is first asked for; it tells nothing of this installation and needs no key. */
export function createDocumentAnswer(operations: readonly Operation[], origin: string) {
  let made: { text: string; etag: string } | undefined
  return (requestId: string, ifNoneMatch: string | null): Response => {
    if (!made) {
      const text = JSON.stringify(openApiDocument(operations, origin))
      made = { text, etag: etagOf(text) }
    }
    const headers = { etag: made.etag, 'cache-control': 'no-cache' }
    if (isUnchanged(ifNoneMatch, made.etag)) return unchangedAnswer(requestId, headers)
    return new Response(made.text, {
      headers: ownHeaders(requestId, { 'content-type': 'application/json', ...headers }),
    })
  }
}
