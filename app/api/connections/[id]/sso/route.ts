import { isPatchbayError } from '@/lib/core/errors'
import {
  currentActor,
  deps,
  isSameOrigin,
  openInOutstand,
  refusedPath,
  signInPath,
  ssoPage,
  unexpectedAnswer,
} from '@/lib/server'

type Context = { params: Promise<{ id: string }> }

/** "Open in Outstand": a page made for one click, never kept, that posts the token to Outstand's own host. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { id } = await params
  if (!isSameOrigin(request.headers, deps().config.appUrl)) {
    return new Response('This form was sent by another site.', { status: 403 })
  }
  try {
    const actor = await currentActor()
    if (!actor) return seeOther(signInPath(`/connections/${encodeURIComponent(id)}`))
    const entry = await openInOutstand(deps(), actor, { connectionId: id })
    const nonce = Buffer.from(deps().random.bytes(16)).toString('base64')
    return ssoPage(entry, nonce)
  } catch (error) {
    if (isPatchbayError(error)) return seeOther(refusedPath(error.code))
    return unexpectedAnswer(deps(), error)
  }
}

function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } })
}
