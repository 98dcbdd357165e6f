import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createTestApp } from '../installs/testing/install-bench'
import { s2sWorld, webhookSecret } from '../installs/testing/s2s-world'
import { webhookBytesMax } from './read-body'
import { lifecycleBody, outreachHeaders, post } from './testing/signed-webhooks'

const { at, installAt, change, installs, connections, deliveries } = s2sWorld()

function tell(
  eventName: string,
  installId: string,
  more: { id?: string; deliveredAt?: Date; guid?: string } = {},
) {
  // Rows of one instant have no order.
  at.deps.clock.advance(1)
  const deliveredAt = more.deliveredAt ?? at.deps.clock.now()
  const body = lifecycleBody(eventName, installId, more.guid ?? at.outreach.state.guid, deliveredAt)
  return post(at.deps, 'outreach', body, outreachHeaders(body, webhookSecret, more.id))
}

describe('a bad webhook', () => {
  async function expectNothing() {
    expect([await installs(), await connections(), await deliveries()]).toEqual([[], [], []])
    expect(at.outreach.state.calls).toEqual([])
  }
  const created = (id: string) =>
    lifecycleBody('install.created', id, at.outreach.state.guid, at.deps.clock.now())

  it('without a signature, with a wrong one, or truncated gets 401 and leaves nothing', async () => {
    const body = created(installAt('40').id)
    const good = outreachHeaders(body, webhookSecret)
    const unsigned = { ...good }
    delete unsigned['outreach-webhook-signature']
    expect(await post(at.deps, 'outreach', body, unsigned)).toMatchObject({ status: 401 })
    for (const signature of [
      '',
      'abc',
      '0'.repeat(64),
      `sha256=${good['outreach-webhook-signature']}`,
      'é'.repeat(64),
    ]) {
      const headers = { ...good, 'outreach-webhook-signature': encodeURI(signature) }
      expect(await post(at.deps, 'outreach', body, headers)).toMatchObject({ status: 401 })
    }
    expect(await post(at.deps, 'outreach', body, outreachHeaders(body, 'another secret'))).toMatchObject({
      status: 401,
    })
    expect(await post(at.deps, 'outreach', body.slice(0, -5), good)).toMatchObject({ status: 401 })
    expect(await post(at.deps, 'outreach', body.replace('created', 'deleted'), good)).toMatchObject({
      status: 401,
    })
    await expectNothing()
  })

  it('that is too large gets 413', async () => {
    const body = 'x'.repeat(webhookBytesMax + 1)
    expect(await post(at.deps, 'outreach', body, outreachHeaders(body, webhookSecret))).toMatchObject({
      status: 413,
    })
    await expectNothing()
  })

  it('that is signed but cannot be read gets 400, and is stored without its content', async () => {
    for (const body of ['', '{', '[]', 'null', '"text"', '{"data":{"type":"user"}}', '\u0000']) {
      expect(await post(at.deps, 'outreach', body, outreachHeaders(body, webhookSecret))).toMatchObject({
        status: 400,
      })
    }
    const stored = await deliveries()
    expect(stored).toHaveLength(7)
    for (const { eventName, state, body } of stored) {
      expect([eventName, state, Object.keys(Object(body)).sort()]).toEqual([
        'unreadable',
        'failed',
        ['bytes', 'digest'],
      ])
    }
    expect(await installs()).toEqual([])
  })

  it('that names another app than the one whose secret it is gets 404', async () => {
    expect(await tell('install.created', installAt('41').id, { guid: randomUUID() })).toMatchObject({
      status: 404,
    })
    expect(await installs()).toEqual([])
    expect(await deliveries()).toMatchObject([{ state: 'failed' }])
  })

  it('that is replayed gets 200, is counted, and has no second effect', async () => {
    const { id } = installAt('42')
    const delivery = { id: 'delivery-42', deliveredAt: at.deps.clock.now() }
    await tell('install.created', id, delivery)
    const before = [await installs(), await connections()]
    at.deps.clock.advance(10 * 60_000)
    for (let repeat = 0; repeat < 3; repeat += 1) {
      expect(await tell('install.created', id, delivery)).toEqual({ status: 200, body: {} })
    }
    expect([await installs(), await connections()]).toEqual(before)
    expect(at.outreach.callsOf('accessToken')).toBe(1)
    expect(await deliveries()).toMatchObject([{ dedupeKey: 'delivery-42', repeats: 3, state: 'handled' }])
  })

  it('that failed the first time is handled when it comes again', async () => {
    const { id } = installAt('43')
    const delivery = { id: 'delivery-43', deliveredAt: at.deps.clock.now() }
    change(id, 'removed')
    await tell('install.created', id, delivery)
    change(id, 'alive')
    await tell('install.created', id, delivery)
    expect(await installs()).toMatchObject([{ state: 'waiting' }])
    expect(await deliveries()).toMatchObject([{ repeats: 1, state: 'handled', failureWords: null }])
  })

  it('is known by its own app’s secret where there are several apps', async () => {
    const other = await createTestApp(
      at.deps,
      {
        slug: `other-${at.appId}`,
        provider: 'outreach',
        grants: ['s2s'],
        baseUrl: at.outreach.url,
        s2sGuid: at.outreach.state.guid,
      },
      { s2sPrivateKey: at.outreach.privateKeyPem, webhookSecret: 'the other secret' },
    )
    const body = created(installAt('44').id)
    await post(at.deps, 'outreach', body, outreachHeaders(body, 'the other secret'))
    expect(await installs()).toEqual([])
    expect(await at.deps.db.install.count({ where: { appId: other } })).toBe(1)
  })
})
