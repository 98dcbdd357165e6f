import { expect, it } from 'vitest'
import type { Actor } from '../core/actor'
import { createDb } from '../db/client'
import { createPool } from '../db/pool'
import type { Deps } from '../deps'
import { answerLanding, answerLandingHead } from './answer-landing'
import { s2sWorld } from './testing/s2s-world'

const { at, installAt, installs, connections } = s2sWorld()

function visit(
  query: string,
  actor: Actor | null = null,
  headers: Record<string, string> = {},
  deps: Deps = at.deps,
) {
  const url = `http://localhost:3000/outreach/setup/${at.slug}${query}`
  return answerLanding(deps, async () => actor, new Request(url, { headers }), at.slug)
}
const pathOf = (response: Response) => response.headers.get('location')

it('sends a stranger on to a page of his own, and an admin to the connection, without the token', async () => {
  const { token } = installAt('1')
  const stranger = await visit(`?installSetupToken=${token}`)
  const [install] = await installs()
  expect([stranger.status, pathOf(stranger)]).toEqual([303, `/outreach/landed/${install?.reference}`])
  expect(stranger.headers.get('referrer-policy')).toBe('no-referrer')
  expect(stranger.headers.get('cache-control')).toBe('no-store')

  const admin = await visit(`?installSetupToken=${installAt('2').token}`, at.admin)
  const live = (await connections()).find((connection) => connection.lifecycle === 'live')
  expect(pathOf(admin)).toBe(`/connections/${live?.id}`)
  expect(pathOf(await visit(`?installSetupToken=${token}`, at.viewer))).toBe('/installs')
})

it('sends a refused one on to its words', async () => {
  for (const query of [
    '',
    '?installSetupToken=',
    '?installSetupToken=a-token-1&installSetupToken=a-token-2',
  ]) {
    expect(pathOf(await visit(query))).toBe('/outreach/landed/refused?why=setup_token_invalid')
  }
  expect(at.outreach.state.calls).toEqual([])
})

it('takes a setup token whose plus signs were not encoded', async () => {
  const { id } = installAt('3')
  at.outreach.state.setupTokens.set('with+plus=signs', {
    installId: id,
    appGuid: at.outreach.state.guid,
    state: 'good',
  })
  expect(pathOf(await visit('?installSetupToken=with+plus=signs'))).toMatch(
    /^\/outreach\/landed\/[0-9A-Z]{4}-/,
  )
})

it('spends nothing on HEAD and on prefetches', async () => {
  const { token } = installAt('4')
  expect(answerLandingHead().status).toBe(200)
  const speculative: Record<string, string>[] = [
    { 'sec-purpose': 'prefetch;prerender' },
    { purpose: 'prefetch' },
    { 'x-purpose': 'preview' },
    { 'x-moz': 'prefetch' },
  ]
  for (const headers of speculative) {
    const response = await visit(`?installSetupToken=${token}`, at.admin, headers)
    expect([response.status, pathOf(response)]).toEqual([503, null])
  }
  expect([
    at.outreach.state.calls,
    await at.deps.db.setupTokenUse.count({ where: { appId: at.appId } }),
  ]).toEqual([[], 0])
})

it('says in words what to do while the database is down, without the token', async () => {
  const pool = createPool('postgresql://nobody@127.0.0.1:1/none', 1, () => {})
  const db = createDb(pool)
  const response = await visit('?installSetupToken=a-good-setup-token', null, {}, { ...at.deps, db })
  await db.$disconnect()
  await pool.end()
  expect(response.status).toBe(503)
  expect(await response.text()).toContain('Reload this page in a minute')
  expect(at.logLines.join('\n')).not.toContain('a-good-setup-token')
})
