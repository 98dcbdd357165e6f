import { request as httpRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http'

export type RawAnswer = {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
  /** Whether the connection broke before the body's end. */
  isCut: boolean
}

/** One HTTP call exactly as written: path, headers and body as they are, no redirect, nothing added. */
export function rawCall(
  origin: string,
  call: {
    method?: string
    path: string
    headers?: OutgoingHttpHeaders
    body?: string | Buffer
    onHead?(): void
  },
): Promise<RawAnswer> {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve, reject) => {
    const { method = 'GET', path, headers = {}, body, onHead } = call
    const request = httpRequest({ hostname, port, method, path, headers, agent: false }, (answer) => {
      onHead?.()
      const chunks: Buffer[] = []
      const done = (isCut: boolean) =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: Buffer.concat(chunks),
          isCut,
        })
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => done(false))
      answer.on('error', () => done(true))
    })
    request.on('error', reject)
    request.end(body)
  })
}
