import { isPatchbayError } from '@/lib/core/errors'
import { type GrantKind, grantKindSchema, providerIdSchema } from '@/lib/core/provider'
import { parseScopes } from '@/lib/core/scopes'
import {
  currentActor,
  deps,
  flowCookieHeader,
  isSameOrigin,
  refusedPath,
  signInPath,
  startConnect,
  startLocation,
  unexpectedAnswer,
} from '@/lib/server'

type Context = { params: Promise<{ provider: string }> }

/**
 * The Connect and Reconnect buttons: `app`, `grant`, `scope` (once per scope, or one text; an empty one among them says that the
 * form offered scopes, so that all unticked is none) and `connection`, each left out where there is only one.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const provider = providerIdSchema.safeParse((await params).provider)
  if (!provider.success) return new Response('Not found', { status: 404 })
  if (!isSameOrigin(request.headers, deps().config.appUrl)) {
    return new Response('This form was sent by another site.', { status: 403 })
  }
  try {
    const actor = await currentActor()
    if (!actor) return seeOther(signInPath('/connections'))
    const fields = await readFields(request)
    if (!fields) return seeOther(refusedPath('invalid_input'))
    const started = await startConnect(deps(), actor, { provider: provider.data, ...fields })
    const cookie = started.kind === 'redirect' ? flowCookieHeader(started.cookie) : null
    return seeOther(startLocation(started), cookie)
  } catch (error) {
    if (isPatchbayError(error)) return seeOther(refusedPath(error.code))
    return unexpectedAnswer(deps(), error)
  }
}

type Fields = { app?: string; connection?: string; grant?: GrantKind; scopes?: string[] }

async function readFields(request: Request): Promise<Fields | null> {
  const form = await request.formData().catch(() => null)
  if (!form) return null
  const text = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const [app, connection, grant] = [text('app'), text('connection'), grantKindSchema.safeParse(text('grant'))]
  if (text('grant') && !grant.success) return null
  const scopes = form.has('scope')
    ? form.getAll('scope').flatMap((value) => parseScopes(String(value)))
    : null
  return {
    ...(app ? { app } : {}),
    ...(connection ? { connection } : {}),
    ...(grant.success ? { grant: grant.data } : {}),
    ...(scopes ? { scopes } : {}),
  }
}

function seeOther(location: string, cookie: string | null = null): Response {
  const headers = new Headers({ location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
  if (cookie) headers.append('set-cookie', cookie)
  return new Response(null, { status: 303, headers })
}
