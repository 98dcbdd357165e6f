import { createServer, type Server } from 'node:net'

const first = 20_000
/** Ports are given out by blocks of eight; the guards of the blocks are below them, all below what outgoing calls take. */
const blockSize = 8
const blocks = 1_500
const firstGuard = first - blocks

/** Held until this process ends, which is how it gives its ports back. */
const guards: Server[] = []

/**
 * @returns the first of `count` ports in a row that nobody listens on. No other test is given them, in whatever process,
 *   though whoever asked listens on them only later
 */
export async function freePorts(count: number): Promise<number> {
  if (count > blockSize) throw new Error(`${blockSize} ports in a row at most`)
  for (let attempt = 0; attempt < 100; attempt++) {
    const block = Math.floor(Math.random() * blocks)
    const guard = await listen(firstGuard + block)
    if (!guard) continue
    guard.unref()
    guards.push(guard)
    const port = first + block * blockSize
    const all = Array.from({ length: count }, (_, offset) => isFree(port + offset))
    if ((await Promise.all(all)).every(Boolean)) return port
  }
  throw new Error(`no ${count} free ports in a row were found`)
}

async function isFree(port: number): Promise<boolean> {
  const server = await listen(port)
  if (!server) return false
  await new Promise((resolve) => server.close(resolve))
  return true
}

/** @returns `null` where somebody listens */
function listen(port: number): Promise<Server | null> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(null))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(server))
  })
}
