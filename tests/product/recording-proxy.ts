import { appendFileSync, mkdirSync } from 'node:fs'
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { dirname } from 'node:path'

/** One answer of the product as it crossed the wire, and what the browser told beside its request. */
export type Exchange = {
  method: string
  /** Path and query of the request. */
  url: string
  referer: string | null
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

export type RecordingProxy = { close(): Promise<void> }

/** Our own files of the build: the same in every answer, and looked at once by whoever reads `.next/static`. */
const unrecorded = /^\/_next\/static\//

/**
 * Stands where APP_URL points and hands everything on to the product, unchanged but for compression. A browser's own record of
 * its traffic loses bodies of redirects, of pages it has left, and of event streams; this one loses nothing.
 *
 * @param file gets one JSON line for each exchange when it ends
 */
export async function startRecordingProxy(
  port: number,
  target: number,
  file: string,
): Promise<RecordingProxy> {
  mkdirSync(dirname(file), { recursive: true })
  const agent = new Agent({ keepAlive: true })
  const server = createServer((incoming, outgoing) => pass(incoming, outgoing, { agent, target, file }))
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host: '127.0.0.1' }, resolve)
  })
  return {
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      agent.destroy()
      await closed
    },
  }
}

type Passing = { agent: Agent; target: number; file: string }

function pass(incoming: IncomingMessage, outgoing: ServerResponse, { agent, target, file }: Passing): void {
  const { method = 'GET', url = '/' } = incoming
  const headers = { ...incoming.headers, 'accept-encoding': 'identity' }
  const upstream = request(
    { agent, host: '127.0.0.1', port: target, method, path: url, headers },
    (answer) => {
      const chunks: Buffer[] = []
      outgoing.writeHead(answer.statusCode ?? 502, withoutHop(answer.rawHeaders))
      outgoing.flushHeaders()
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.once('close', () => {
        if (unrecorded.test(url)) return
        const exchange: Exchange = {
          method,
          url,
          referer: incoming.headers.referer ?? null,
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }
        appendFileSync(file, `${JSON.stringify(exchange)}\n`)
      })
      answer.once('error', () => outgoing.destroy())
      answer.pipe(outgoing)
    },
  )
  // The product cut the connection, or is not there: the browser sees the same.
  upstream.once('error', () => outgoing.destroy())
  outgoing.once('close', () => upstream.destroy())
  incoming.pipe(upstream)
}

/** Headers that belong to one connection are made anew by our own server (RFC 9110, 7.6.1). */
function withoutHop(rawHeaders: readonly string[]): string[] {
  const kept: string[] = []
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = [rawHeaders[at], rawHeaders[at + 1]]
    if (!/^(?:connection|keep-alive|transfer-encoding)$/i.test(name)) kept.push(name, value)
  }
  return kept
}
