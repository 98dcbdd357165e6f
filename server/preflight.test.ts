import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { preflight } from './preflight'

const opened: ReturnType<typeof createServer>[] = []
afterEach(() => {
  for (const server of opened.splice(0)) server.close()
})

async function taken(body = 'hello', port = 0): Promise<number> {
  const server = createServer((_request, response) => response.end(body))
  opened.push(server)
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

describe('before a start', () => {
  it('a taken port is named, with one that is free', async () => {
    const port = await taken()
    const [fault] = await preflight({ PORT: String(port), SANDBOX: 'off' })
    expect(fault).toMatch(
      new RegExp(`^Port ${port} is taken: another program listens there\\..* PORT=\\d+ npm start$`),
    )
  })

  it('another Patchbay on the port is recognised', async () => {
    const port = await taken('{"service":"patchbay","status":"live"}')
    expect(await preflight({ PORT: String(port), SANDBOX: 'off' })).toEqual([
      expect.stringContaining('Patchbay already runs there'),
    ])
  })

  it('a taken port of the sandbox is told from the own one', async () => {
    const port = await taken()
    const own = await taken()
    opened.pop()?.close()
    const [fault] = await preflight({ PORT: String(own), SANDBOX_PORT: String(port - 2) })
    expect(fault).toMatch(
      /^Port \d+, of the sandbox \((outreach|envoy|outstand|control)\), is taken.* SANDBOX_PORT=\d+ npm start/,
    )
  })

  it('a private key that cannot sign is told beside the other faults', async () => {
    const faults = await preflight({
      PORT: 'x',
      OUTREACH_S2S_GUID: 'guid',
      OUTREACH_S2S_PRIVATE_KEY: 'not a key',
    })
    expect(faults).toEqual([
      expect.stringMatching(/^PORT /),
      expect.stringMatching(/^OUTREACH_S2S_PRIVATE_KEY cannot be used\./),
    ])
    expect(faults.join()).not.toContain('not a key')
  })

  it('faults of the environment come alone', async () => {
    expect(await preflight({ PORT: 'x', LOG_LEVEL: 'loud' })).toHaveLength(2)
  })
})
