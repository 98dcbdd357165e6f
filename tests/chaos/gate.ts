import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** Stands before a provider and decides when the answers of its token endpoint go on. */
export type Gate = {
  url: string
  /** Token calls that have reached the provider. */
  calls(): number
  /** Token calls that the provider has carried out. */
  carriedOut(): number
  /** Answers given from now on take this long. */
  slow(ms: number): void
  /** Keeps every answer back until `open`: the provider has carried the call out, and nobody knows. */
  hold(): void
  open(): void
  close(): Promise<void>
}

/** @param target the provider's origin; every other path is passed on as it is */
export async function startGate(target: string): Promise<Gate> {
  const agent = new Agent({ keepAlive: true })
  const { hostname, port } = new URL(target)
  let calls = 0
  let carriedOut = 0
  let delayMs = 0
  let waiting: (() => void)[] | null = null

  function mayGo(): Promise<void> {
    const held = waiting
    if (held === null) return pause(delayMs)
    return new Promise((resolve) => held.push(resolve))
  }

  function open(): void {
    const held = waiting ?? []
    waiting = null
    for (const go of held) go()
  }

  function pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { method, headers, url: path } = incoming
    const isTokenCall = path === '/oauth/token'
    if (isTokenCall) calls += 1
    const upstream = request({ agent, host: hostname, port, method, path, headers }, async (answer) => {
      const chunks: Buffer[] = []
      for await (const chunk of answer) chunks.push(chunk)
      if (isTokenCall) {
        carriedOut += 1
        await mayGo()
      }
      const type = answer.headers['content-type'] ?? 'application/json'
      outgoing.writeHead(answer.statusCode ?? 502, { 'content-type': type }).end(Buffer.concat(chunks))
    })
    upstream.once('error', () => outgoing.destroy())
    // Whoever asked may be killed meanwhile: the provider carries the call out all the same.
    incoming.pipe(upstream)
  }

  const server = createServer(pass)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: () => calls,
    carriedOut: () => carriedOut,
    slow(ms) {
      delayMs = ms
    },
    hold() {
      waiting ??= []
    },
    open,
    async close() {
      open()
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      agent.destroy()
      await closed
    },
  }
}
