import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { defineAction } from '../kernel/action'
import { readBody } from '../kernel/body'
import type { SandboxAction, SandboxEnv } from '../kernel/contract'
import { advanceAction, readClock } from './clock-action'
import { controlPage, outcomePage } from './control-page'
import { actionsOf, type ControlParts, findProvider, resetAll } from './control-parts'
import { guard, loopbackOnly } from './guard'
import { openApi } from './openapi'
import { runAction } from './run-action'

export type ControlOptions = {
  readonly parts: ControlParts
  readonly baseUrl: string
  /** Names, beside addresses and localhost, under which it may be reached. */
  readonly allowedHosts: readonly string[]
}

/** The control server: a page and an API that make the three providers do things. */
export function createControl({ parts, baseUrl, allowedHosts }: ControlOptions): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>()
  const advance = advanceAction(parts.clock)
  const reset = defineAction('Everything back to the first day', z.object({}), () => resetAll(parts))
  app.use(guard(allowedHosts))
  app.get('/', () => controlPage(parts))
  app.get('/health', (c) =>
    c.json({
      status: 'ok',
      clock: readClock(parts.clock),
      providers: parts.providers.map(({ name }) => name),
    }),
  )
  app.get('/apps', loopbackOnly, (c) => {
    c.header('cache-control', 'no-store')
    return c.json(parts.providers.flatMap((provider) => provider.apps()))
  })
  app.get('/openapi.json', (c) => c.json(openApi(parts, baseUrl, advance)))
  app.get('/api/clock', (c) => c.json(readClock(parts.clock)))
  app.post('/api/clock/advance', (c) => answer(c, 'advance', advance, ''))
  app.post('/api/reset', (c) => answer(c, 'reset', reset, ''))
  app.get('/api/:provider/calls', (c) => {
    const provider = findProvider(parts, c.req.param('provider'))
    return provider === undefined
      ? missing(c)
      : c.json({ calls: parts.contexts[provider.name].calls.recent() })
  })
  app.get('/api/:provider/state', (c) => {
    const provider = findProvider(parts, c.req.param('provider'))
    return provider === undefined ? missing(c) : c.json(provider.overview())
  })
  app.post('/api/:provider/:action', (c) => {
    const provider = findProvider(parts, c.req.param('provider'))
    const name = c.req.param('action')
    const actions = provider === undefined ? {} : actionsOf(parts, provider)
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined
    return action === undefined ? missing(c) : answer(c, name, action, provider?.name ?? '')
  })
  app.notFound((c) => missing(c))
  return app
}

function missing(c: Pick<Context<SandboxEnv>, 'req'>): Response {
  const message = `there is no ${c.req.method} ${c.req.path}; see /openapi.json`
  return Response.json({ error: 'not_found', message }, { status: 404 })
}

/** JSON for programs, a page for forms. */
async function answer(
  c: Context<SandboxEnv>,
  name: string,
  action: SandboxAction,
  backTo: string,
): Promise<Response> {
  const body = await readBody(c)
  const outcome = await runAction(action, body)
  const fromPage = body.kind === 'form' || (c.req.header('accept') ?? '').includes('text/html')
  return fromPage
    ? outcomePage(name, outcome, backTo)
    : Response.json(outcome.body, { status: outcome.status })
}
