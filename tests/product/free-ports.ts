import { createServer } from 'node:net'

/** @returns the first of `count` ports in a row that nobody listens on */
export async function freePorts(count: number): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const first = 20_000 + Math.floor(Math.random() * 12_000)
    const all = Array.from({ length: count }, (_, offset) => isFree(first + offset))
    if ((await Promise.all(all)).every(Boolean)) return first
  }
  throw new Error(`no ${count} free ports in a row were found`)
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)))
  })
}
