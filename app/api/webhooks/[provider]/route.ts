import { providerIdSchema } from '@/lib/core/provider'
import { answerWebhook, deps } from '@/lib/server'

type Context = { params: Promise<{ provider: string }> }

/** Outreach's lifecycle webhooks, Envoy's validation URL and events, Outstand's webhooks: verified over the raw bytes. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const provider = providerIdSchema.safeParse((await params).provider)
  if (!provider.success) return Response.json({ message: 'There is no such provider.' }, { status: 404 })
  const { status, body } = await answerWebhook(deps(), {
    provider: provider.data,
    headers: request.headers,
    body: request.body,
    // The server puts the client's address there, as TRUST_PROXY tells.
    address: request.headers.get('x-forwarded-for') ?? 'unknown',
  })
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } })
}
