import { Secret } from '@/lib/core/secret'
import { deps, setupCookie } from '@/lib/server'

/** The printed set-up link: carries its token into a cookie and goes on without it, so that it stays in no history or referrer. */
export function GET(request: Request): Response {
  const token = new URL(request.url).searchParams.get('token') ?? ''
  const headers = new Headers({
    location: '/welcome',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  })
  // The alphabet of base64url: anything else would be no token, and must not reach a header.
  if (/^[\w-]{20,100}$/.test(token))
    headers.append('set-cookie', setupCookie(deps().config, Secret.of(token)))
  return new Response(null, { status: 303, headers })
}
