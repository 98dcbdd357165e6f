import type { Deps } from '../deps'

/**
 * What a route handler answers when something failed that nobody expects (the database is away, say): an id that stands in the
 * log too, and no word of the error itself.
 */
export function unexpectedAnswer(deps: Pick<Deps, 'log' | 'random'>, error: unknown): Response {
  const reference = Buffer.from(deps.random.bytes(6)).toString('hex')
  deps.log.error({ err: error, reference }, 'a request of a flow failed')
  const words = `Patchbay could not finish this. Go back and try again; the log tells more under ${reference}.`
  return new Response(words, {
    status: 500,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  })
}
