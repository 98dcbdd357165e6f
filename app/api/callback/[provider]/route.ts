import type { NextRequest } from 'next/server'
import { type ProviderId, providerIdSchema } from '@/lib/core/provider'
import {
  currentActor,
  deps,
  dropFlowCookieHeader,
  type FinishInput,
  type FinishOutcome,
  finishConnect,
  finishPath,
  resumeFlow,
  signInPath,
  unexpectedAnswer,
} from '@/lib/server'

type Context = { params: Promise<{ provider: string }> }

/**
 * Where a provider sends the browser after consent (the redirect URI to register), and where sign-in sends it back with `flow`
 * when the session had lapsed. It answers with a clean address, so that no code stays in a history or a referrer.
 */
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const provider = providerIdSchema.safeParse((await params).provider)
  if (!provider.success) return new Response('Not found', { status: 404 })
  try {
    const query = request.nextUrl.searchParams
    const cookies = new Map(request.cookies.getAll().map(({ name, value }) => [name, value]))
    const flowId = query.has('state') ? null : query.get('flow')
    return flowId === null
      ? await finish({ provider: provider.data, query, cookies })
      : await resume(provider.data, flowId, cookies)
  } catch (error) {
    return unexpectedAnswer(deps(), error)
  }
}

async function finish(input: FinishInput): Promise<Response> {
  return answer(input.provider, await finishConnect(deps(), await currentActor(), input))
}

async function resume(
  provider: ProviderId,
  flowId: string,
  cookies: ReadonlyMap<string, string>,
): Promise<Response> {
  const actor = await currentActor()
  if (!actor) {
    const again = `/api/callback/${provider}?${new URLSearchParams({ flow: flowId })}`
    return seeOther(signInPath(again), null)
  }
  return answer(provider, await resumeFlow(deps(), actor, { flowId, cookies }))
}

function answer(provider: ProviderId, outcome: FinishOutcome): Response {
  return seeOther(finishPath(provider, outcome), outcome.clearCookie)
}

function seeOther(location: string, dropCookie: string | null): Response {
  const headers = new Headers({ location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
  if (dropCookie) headers.append('set-cookie', dropFlowCookieHeader(dropCookie))
  return new Response(null, { status: 303, headers })
}
