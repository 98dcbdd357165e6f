import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export type FakeCall = {
  method: string
  path: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  body: string
}

/** `destroy` breaks the connection off without an answer. */
export type FakeAnswer = { status: number; body?: unknown; headers?: Record<string, string> } | 'destroy'

export type FakeServer = { origin: string; calls: FakeCall[]; close(): Promise<void> }

/** A real HTTP server on this machine that answers as a test says and remembers what it was asked. */
export async function fakeServer(answer: (call: FakeCall) => FakeAnswer): Promise<FakeServer> {
  const calls: FakeCall[] = []
  const server = createServer({ keepAliveTimeout: 60_000 }, async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const url = new URL(request.url ?? '/', 'http://fake')
    const call = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body,
    }
    calls.push(call)
    const told = answer(call)
    if (told === 'destroy') {
      request.socket.destroy()
      return
    }
    const isText = typeof told.body === 'string'
    const type = isText ? 'text/plain' : 'application/json'
    response.writeHead(told.status, { 'content-type': type, ...told.headers })
    response.end(told.body === undefined ? '' : isText ? told.body : JSON.stringify(told.body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

/** The fields of a multipart body, as a server's own parser reads them. */
export async function multipartFields(call: FakeCall): Promise<Record<string, string>> {
  const headers = { 'content-type': call.headers['content-type'] ?? '' }
  const form = await new Response(call.body, { headers }).formData()
  return Object.fromEntries([...form].map(([name, value]) => [name, String(value)]))
}
