import { Agent, request as open } from 'node:http'
import type { FuzzRequest } from './fuzz-request'

const agent = new Agent({ keepAlive: true, maxSockets: 50 })

export type RawAnswer = {
  /** 0: none came in time, or what came was no answer. */
  status: number
  /** Headers and body. */
  text: string
}

/**
 * Sends a request as it is told. A connection that the server closes while a body that is too long still arrives may lose its
 * answer on the way: such a request is answered by the closing.
 */
export function sendRaw(port: number, sent: FuzzRequest, hangMs: number): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const headers = sent.headers.flat()
    const bytes = Buffer.from(sent.body, 'latin1')
    const length = bytes.length > 0 ? ['content-length', String(bytes.length)] : []
    const call = open(
      {
        agent,
        port,
        host: '127.0.0.1',
        method: sent.method,
        path: sent.target,
        headers: ['host', 'localhost', ...headers, ...length],
        timeout: hangMs,
      },
      (response) => {
        let text = response.rawHeaders.join('\n')
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => {
          text += chunk
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
        response.on('error', (error) =>
          resolve({ status: 0, text: `the answer broke off: ${error.message}` }),
        )
      },
    )
    call.on('timeout', () => call.destroy(new Error('hangs')))
    call.on('error', (error: NodeJS.ErrnoException) => {
      const isClosed = error.code === 'ECONNRESET' || error.code === 'EPIPE'
      resolve({ status: isClosed ? 400 : 0, text: error.message })
    })
    call.end(bytes)
  })
}
