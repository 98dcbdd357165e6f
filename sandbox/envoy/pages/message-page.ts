import { html } from 'hono/html'
import { pageResponse } from '../../kernel/page'
import type { EnvoyPerson } from '../directory'

/** A page that only says something, with the way back to the first page. */
export function messagePage(
  message: { title: string; words: string; user?: EnvoyPerson | undefined },
  status: 400 | 403 | 404,
): Promise<Response> {
  const body = html`<p>${message.words}</p><p><a href="/">Back to the start</a></p>`
  return pageResponse({ provider: 'Envoy', title: message.title, body, user: message.user?.name }, status)
}
