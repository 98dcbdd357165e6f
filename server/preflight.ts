import { get } from 'node:http'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { Settings } from '../lib/config/config'
import { readEnvironment } from './read-environment'

/**
 * What would stop the start, found before anything is built: every fault of the environment, and ports that are taken.
 *
 * @returns one line for each fault, naming what to set
 */
export async function preflight(env: Readonly<Record<string, string | undefined>>): Promise<string[]> {
  const loaded = readEnvironment(env)
  return loaded.ok ? takenPorts(loaded.settings) : loaded.faults
}

async function takenPorts(settings: Settings): Promise<string[]> {
  const { port, host, sandbox } = settings
  if (await isTaken(port, host)) {
    const holder = (await isPatchbay(port)) ? 'Patchbay already runs there' : 'another program listens there'
    return [
      `Port ${port} is taken: ${holder}. Choose another one: PORT=${await nextFree(port, host)} npm start`,
    ]
  }
  if (!sandbox.on || !settings.roles.includes('web')) return []
  for (const [name, taken] of Object.entries(sandbox.ports)) {
    if (await isTaken(taken, '127.0.0.1'))
      return [
        `Port ${taken}, of the sandbox (${name}), is taken. Choose four others: SANDBOX_PORT=${await nextFree(taken + 10, '127.0.0.1')} npm start (or SANDBOX=off)`,
      ]
  }
  return []
}

/** A process that was killed a moment ago may still hold its ports: looks again for two seconds. */
async function isTaken(port: number, host: string): Promise<boolean> {
  for (let attempt = 0; attempt < 10; attempt++) {
    if (await canListen(port, host)) return false
    await pause(200)
  }
  return true
}

/** @throws Error for any fault but a taken port, such as a HOST that is not this machine's */
function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false)
      else if (error.code === 'EACCES')
        reject(new Error(`PORT ${port} may not be used by this user: take one above 1023.`))
      else reject(new Error(`HOST ${host} cannot be listened on: ${error.message}`))
    })
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

async function nextFree(from: number, host: string): Promise<number> {
  for (let port = from + 1; port < 65_500; port += 10) {
    const tries = await Promise.all([0, 1, 2, 3, 4].map((offset) => canListen(port + offset, host)))
    if (tries.every(Boolean)) return port
  }
  return from
}

function isPatchbay(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path: '/api/health/live', timeout: 1_000 }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part
        if (text.length > 1_000) answer.destroy()
      })
      answer.on('close', () => resolve(text.includes('"service":"patchbay"')))
    })
    request.on('error', () => resolve(false))
    request.on('timeout', () => request.destroy())
  })
}
