import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createGrants } from './grants'
import type { FromProvider, ProviderSettings, ToProvider } from './provider-messages'

/**
 * A bare provider in a process of its own: Outstand's token call and token info, as fast as it is told to be, that counts. It
 * carries a call out when it has read it, then waits, then answers; its parent hears of each pair at once.
 */
async function main(): Promise<void> {
  const settings: ProviderSettings = { delayMs: 20, delays: {}, revocation: 'first_use', callsMax: null }
  const grants = createGrants(
    () => settings.revocation,
    () => randomBytes(24).toString('base64url'),
  )
  const counts = { probes: 0, turnedAway: 0, atOnceMax: 0, firstCallAt: 0, lastCallAt: 0 }
  let atOnce = 0

  async function answer(
    request: IncomingMessage,
  ): Promise<{ status: number; body: object; delayMs: number }> {
    if (settings.callsMax !== null && atOnce > settings.callsMax) {
      counts.turnedAway += 1
      return { status: 503, body: { error: 'too many calls at once' }, delayMs: 0 }
    }
    if (request.method !== 'POST') {
      counts.probes += 1
      const taken = grants.use((request.headers.authorization ?? '').replace('Bearer ', ''))
      return taken
        ? {
            status: 200,
            body: { resource_owner_id: 1, expires_in: 7_000, scope: [] },
            delayMs: settings.delayMs,
          }
        : { status: 401, body: { error: 'invalid_token' }, delayMs: settings.delayMs }
    }
    const { refresh_token: refreshToken }: { refresh_token: string } = JSON.parse(await textOf(request))
    counts.firstCallAt ||= Date.now()
    counts.lastCallAt = Date.now()
    const { connectionId, pair } = grants.refresh(refreshToken)
    const delayMs = settings.delays[connectionId] ?? settings.delayMs
    if (pair === null) return { status: 400, body: { error: 'invalid_grant' }, delayMs }
    tell({ minted: connectionId })
    const body = {
      access_token: pair.access,
      refresh_token: pair.refresh,
      token_type: 'bearer',
      expires_in: 7_200,
      created_at: Math.floor(Date.now() / 1000),
    }
    return { status: 200, body, delayMs }
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    atOnce += 1
    counts.atOnceMax = Math.max(counts.atOnceMax, atOnce)
    const { status, body, delayMs } = await answer(request)
    setTimeout(() => {
      atOnce -= 1
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    }, delayMs)
  }

  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    serve(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  process.on('message', (message: ToProvider) => {
    if ('set' in message) Object.assign(settings, message.set)
    else
      tell({ id: message.id, counts: { ...counts, ...grants.counts(), byConnection: grants.byConnection() } })
  })
  process.on('disconnect', () => process.exit())
  tell({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += chunk
  return text
}

function tell(message: FromProvider): void {
  process.send?.(message)
}

await main()
