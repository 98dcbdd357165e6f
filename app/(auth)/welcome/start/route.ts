import { Secret } from '@/lib/core/secret'
import { deps, isSetupTokenGood, setupCookie } from '@/lib/server'

/** The printed set-up link: its token moves into a cookie at once, so that it stays in no history. */
export async function GET(request: Request): Promise<Response> {
  const token = Secret.of(new URL(request.url).searchParams.get('token') ?? '')
  const headers = new Headers({
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    location: '/welcome',
  })
  if (await isSetupTokenGood(deps(), token)) headers.append('set-cookie', setupCookie(deps().config, token))
  return new Response(null, { status: 303, headers })
}
