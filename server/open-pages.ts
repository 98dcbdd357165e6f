import type { Server } from 'node:http'
import type { Config } from '../lib/config/config'
import type { PageHandler } from './open-web'

export type PageOptions = {
  config: Pick<Config, 'host' | 'port'>
  /** The project's folder, with app/ and .next/. */
  root: string
  dev: boolean
}

/** Next, loaded here and not before: the machine API has put its `Request` and `Response` in place by then. */
export async function openPages(server: Server, { config, root, dev }: PageOptions): Promise<PageHandler> {
  const { default: next } = await import('next')
  const app = next({ dev, dir: root, hostname: config.host, port: config.port, httpServer: server })
  await app.prepare()
  return app.getRequestHandler()
}
