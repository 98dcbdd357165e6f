import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** Of one connection; nobody who means well sends so many requests before the first is answered. */
const queuedMax = 100

/**
 * A client may send further requests before the first is answered; their answers wait behind each other. When such a client goes, Node
 * before 24 never closes the answers that still wait: whoever runs for one of them would not hear that nobody wants it any more.
 * Call it before anything else listens to requests.
 */
export function closeQueuedAnswers(server: Server): void {
  const queues = new WeakMap<Socket, Set<ServerResponse>>()

  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    // It has its connection: no other answer is before it.
    if (response.socket) return
    const queue = queues.get(socket) ?? newQueue(socket)
    queue.add(response)
    response.once('close', () => queue.delete(response))
    if (queue.size > queuedMax) socket.destroy()
  })

  function newQueue(socket: Socket): Set<ServerResponse> {
    const queue = new Set<ServerResponse>()
    queues.set(socket, queue)
    // Node 24 closes them itself meanwhile.
    socket.once('close', () => setImmediate(closeAll, queue))
    return queue
  }
}

function closeAll(queue: Set<ServerResponse>): void {
  for (const response of queue) {
    response.destroy()
    response.emit('close')
  }
}
