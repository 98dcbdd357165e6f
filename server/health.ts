import type { IncomingMessage, ServerResponse } from 'node:http'

export type HealthFacts = {
  draining: boolean
  /** Resolves when the database answers. */
  askDatabase(): Promise<unknown>
}

const deadlineMs = 3_000

/** `live`: the process answers. `ready`: it takes requests and its database answers, asked each time. */
export function isHealthPath(path: string): boolean {
  return path === '/api/health/live' || path === '/api/health/ready'
}

/** Answers one of the two health paths; 503 while draining or without a database. */
export async function answerHealth(
  path: string,
  facts: HealthFacts,
  request: Pick<IncomingMessage, 'method'>,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end()
    return
  }
  const status = path.endsWith('/live') ? 'live' : await readiness(facts)
  const body = JSON.stringify({ service: 'patchbay', status })
  const code = status === 'live' || status === 'ready' ? 200 : 503
  response.writeHead(code, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

async function readiness(facts: HealthFacts): Promise<'ready' | 'draining' | 'database_unreachable'> {
  if (facts.draining) return 'draining'
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, deadlineMs, false)
  })
  const answered = facts.askDatabase().then(
    () => true,
    () => false,
  )
  const ok = await Promise.race([answered, late])
  clearTimeout(timer)
  return ok ? 'ready' : 'database_unreachable'
}
