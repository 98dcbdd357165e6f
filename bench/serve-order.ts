import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The other end of `startServer`: makes the server that is ordered, tells its URL, and ends with its parent. */
export function serveOrder<Order>(make: (order: Order) => Promise<Server>): void {
  process.once('message', async (order: Order) => {
    const server = await make(order)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      process.send?.(`http://127.0.0.1:${port}`)
    })
  })
  process.on('disconnect', () => process.exit())
}
