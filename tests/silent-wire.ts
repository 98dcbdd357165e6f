import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A way to a server that can fall silent, as one does that goes away without a word: connections stand, and nothing comes through. */
export async function silentWire(url: string) {
  const target = new URL(url)
  const sockets: Socket[] = []
  const wire = createServer((socket) => {
    const onward = connect(Number(target.port), target.hostname)
    socket.pipe(onward).pipe(socket)
    for (const one of [socket, onward]) sockets.push(one.on('error', () => {}))
  })
  await once(wire.listen(0, '127.0.0.1'), 'listening')
  const { port } = wire.address() as AddressInfo
  return {
    url: Object.assign(new URL(target), { host: `127.0.0.1:${port}` }).href,
    /** From now on; connections that are made later are served. */
    fallSilent() {
      for (const socket of sockets) socket.unpipe().pause()
    },
    /** What was said meanwhile comes through as well. */
    speakAgain() {
      for (const [index, socket] of sockets.entries()) {
        const other = sockets[index % 2 === 0 ? index + 1 : index - 1]
        if (other) socket.pipe(other)
      }
    },
    close() {
      for (const socket of sockets) socket.destroy()
      wire.close()
    },
  }
}
