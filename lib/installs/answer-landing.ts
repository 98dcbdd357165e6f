import type { Actor } from '../core/actor'
import type { Deps } from '../deps'
import { landSetupToken } from './land-setup-token'
import type { LandingOutcome } from './landing-outcome'

/** What browsers and previewers say of a request that nobody has asked for yet. */
const speculative = /\b(?:prefetch|prerender|preview)\b/i
const speculativeHeaders = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz']

const clean = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' } as const

/**
 * Answers one request at the landing URL: validates the setup token and sends the browser on to an address without it, so that
 * the token stays in no history, log or referrer. A prefetch spends nothing; it is told to come back as a visit.
 *
 * @param readActor who is signed in in that browser
 * @param slug last segment of the path, `null` where it has none
 */
export async function answerLanding(
  deps: Deps,
  readActor: () => Promise<Actor | null>,
  request: Request,
  slug: string | null,
): Promise<Response> {
  if (isSpeculative(request.headers)) return plain(503, 'This address is not for prefetching.')
  try {
    const actor = await readActor()
    const outcome = await landSetupToken(deps, actor, {
      slug,
      setupToken: readSetupToken(request.url),
      // The server puts the client's address there, as TRUST_PROXY tells.
      address: request.headers.get('x-forwarded-for') ?? 'unknown',
    })
    const headers = { ...clean, location: landingPath(outcome, actor) }
    return new Response(null, { status: 303, headers })
  } catch (error) {
    const reference = Buffer.from(deps.random.bytes(6)).toString('hex')
    deps.log.error({ err: error, reference }, 'a landing failed')
    const words =
      'Patchbay could not check this set-up link just now. Reload this page in a minute: the link has not'
    return plain(
      503,
      `${words} been used up. If it fails again, tell the person who asked you to install: ${reference}`,
    )
  }
}

/** For HEAD, which link previews send: nothing is looked at. */
export function answerLandingHead(): Response {
  return new Response(null, { status: 200, headers: clean })
}

/** Where the browser goes. A person of ours sees the connection, or the list where an admin accepts; a visitor his own page. */
export function landingPath(outcome: LandingOutcome, actor: Actor | null): string {
  const ours = actor?.kind === 'user'
  switch (outcome.kind) {
    case 'connected':
      return ours ? `/connections/${outcome.connectionId}` : `/outreach/landed/${outcome.reference}`
    case 'waiting':
      return ours ? '/installs' : `/outreach/landed/${outcome.reference}`
    case 'refused':
      return `/outreach/landed/refused?why=${outcome.code}`
  }
}

function isSpeculative(headers: Headers): boolean {
  return speculativeHeaders.some((name) => speculative.test(headers.get(name) ?? ''))
}

/** A plus sign that was not encoded reads as a space in a query, and no setup token holds a space. */
function readSetupToken(url: string): string {
  const values = new URL(url).searchParams.getAll('installSetupToken')
  return values.length === 1 ? (values[0] ?? '').replaceAll(' ', '+') : ''
}

function plain(status: number, words: string): Response {
  return new Response(words, { status, headers: { ...clean, 'content-type': 'text/plain; charset=utf-8' } })
}
