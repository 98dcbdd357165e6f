import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import type { Hono } from 'hono'
import type { SandboxEnv } from './contract'

export type Served = { readonly port: number; close(): Promise<void> }

/** Listens with `app` on `host` and `port` (0 takes a free one). Rejects with the socket's error, e.g. EADDRINUSE. */
export async function serve(app: Hono<SandboxEnv>, port: number, host: string): Promise<Served> {
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
