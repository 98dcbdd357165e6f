import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerHealth, type HealthFacts, isHealthPath } from './health'

let facts: HealthFacts
const server = createServer((request, response) => {
  void answerHealth(request.url ?? '', facts, request, response)
})
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(() => server.close())

async function ask(name: 'live' | 'ready', method = 'GET') {
  const { port } = server.address() as AddressInfo
  const answer = await fetch(`http://127.0.0.1:${port}/api/health/${name}`, { method })
  return { code: answer.status, body: await answer.text(), cache: answer.headers.get('cache-control') }
}

const up = async () => 1
const down = async () => {
  throw new Error('ECONNREFUSED')
}

describe('health', () => {
  it('is ready while the database answers', async () => {
    facts = { draining: false, askDatabase: up }
    expect(await ask('ready')).toEqual({
      code: 200,
      body: '{"service":"patchbay","status":"ready"}',
      cache: 'no-store',
    })
  })

  it('is live but not ready without a database', async () => {
    facts = { draining: false, askDatabase: down }
    expect(await ask('ready')).toMatchObject({
      code: 503,
      body: expect.stringContaining('database_unreachable'),
    })
    expect(await ask('live')).toMatchObject({ code: 200, body: expect.stringContaining('live') })
  })

  it('is not ready while draining', async () => {
    facts = { draining: true, askDatabase: up }
    expect(await ask('ready')).toMatchObject({ code: 503, body: expect.stringContaining('draining') })
  })

  it('answers HEAD without a body and refuses to be written to', async () => {
    facts = { draining: false, askDatabase: up }
    expect(await ask('ready', 'HEAD')).toMatchObject({ code: 200, body: '' })
    expect(await ask('live', 'POST')).toMatchObject({ code: 405 })
  })

  it('knows its two paths', () => {
    expect(['/api/health/live', '/api/health/ready', '/api/health', '/'].map(isHealthPath)).toEqual([
      true,
      true,
      false,
      false,
    ])
  })
})
