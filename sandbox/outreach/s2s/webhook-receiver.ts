import { Hono } from 'hono'
import type { SandboxEnv } from '../../kernel/contract'
import { serve } from '../../kernel/serve'

export type Received = { headers: Headers; body: string }

/** A program that takes webhooks, for tests: a real server on a free port. Answers `status`, or whatever it is set to. */
export async function startReceiver(status = 200) {
  const received: Received[] = []
  const answer = { status }
  const app = new Hono<SandboxEnv>()
  app.post('/api/webhooks/outreach', async (c) => {
    received.push({ headers: c.req.raw.headers, body: await c.req.text() })
    return new Response(null, { status: answer.status, headers: { location: 'http://elsewhere.test/' } })
  })
  const { port, close } = await serve(app, 0, '127.0.0.1')
  return { received, answer, appUrl: `http://127.0.0.1:${port}`, close }
}
