import type { IncomingMessage } from 'node:http'
import { keptBytesMax } from '../lib/gateway/proxy/request-body'

/** What Node's own server looks after: the head of a request, and sockets that idle. */
export const headTimeouts = {
  /** Off: it would cut a large upload that is on its way. `limitArrival` stands in for it. */
  requestTimeout: 0,
  headersTimeout: 20_000,
  /** Idle sockets outlive those of a load balancer (60 s as a rule). */
  keepAliveTimeout: 65_000,
}

/** A request takes a minute at most to arrive whole, but for an upload that the proxy streams. */
const arrivalMs = 60_000
const tooSlow = 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'

/**
 * Cuts a request whose body takes too long. Streams of the proxy go on as long as bytes move: it has a deadline for silence of
 * its own.
 *
 * @param path without the query
 * @param limitMs from now to the body's last byte
 */
export function limitArrival(request: IncomingMessage, path: string, limitMs = arrivalMs): void {
  if (!hasBody(request) || isStreamed(request, path)) return
  const timer = setTimeout(() => {
    // Nobody may have read it: a GET whose answer takes long has its body all the same.
    if (request.complete) return
    const { socket } = request
    // An answer that has begun is not mixed with another.
    if (socket.writable && socket.bytesWritten === bytesWritten) socket.write(tooSlow)
    socket.destroy()
  }, limitMs)
  const { bytesWritten } = request.socket
  request.once('close', () => clearTimeout(timer))
}

function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length']
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0')
}

function isStreamed({ headers }: IncomingMessage, path: string): boolean {
  if (!path.startsWith('/api/v1/proxy/')) return false
  const length = headers['content-length']
  return length === undefined || Number(length) > keptBytesMax
}
