import { expect } from 'vitest'
import { type MachineApi, makeKey, startMachineApi } from '../../../tests/machine-api'
import { startUpstream } from '../../../tests/proxy-upstream'
import { rawCall } from '../../../tests/raw-call'
import { ada, connected, makeWorld } from '../../connections/test-world'
import { Secret } from '../../core/secret'

type Sent = Parameters<typeof rawCall>[1]
export type ProxyTestCall = Omit<Sent, 'path'> & { connection?: string; key?: string }
export type ProxyWorld = Awaited<ReturnType<typeof makeProxyWorld>>

/** A provider whose API a test answers, an account connected to it, and the machine API with a key that reaches it. */
export async function makeProxyWorld({ env = {} }: { env?: Record<string, string> } = {}) {
  const world = await makeWorld({ provider: 'outstand', env })
  const connectionId = await connected(world, ada)
  const upstream = await startUpstream(world)
  const { deps, appId } = world
  const place = { table: 'provider_app', rowId: appId, field: 'rate_limit_bypass_sealed' }
  const bypass = deps.vault.seal(Secret.of('agreed-bypass'), place)
  await deps.db.providerApp.update({ where: { id: appId }, data: { rateLimitBypassSealed: bypass } })
  const api: MachineApi = await startMachineApi(deps)
  const { key } = await makeKey(deps, world.admin)
  let people = 500

  return {
    world,
    upstream,
    api,
    connectionId,
    key,
    /** One call through the proxy, its path exactly as written. */
    call(path = 'api/v1/people', { connection = connectionId, ...more }: ProxyTestCall = {}) {
      return rawCall(api.origin, {
        ...more,
        path: `/api/v1/proxy/${connection}/${path}`,
        headers: { authorization: `Bearer ${more.key ?? key}`, ...more.headers },
      })
    },
    /** A connection of its own, so that what an earlier test did to another does not count. */
    connectAnother(): Promise<string> {
      people += 1
      return connected(world, { ...ada, id: people, email: `p${people}@example.com` })
    },
    async close(): Promise<void> {
      await api.close()
      await upstream.close()
      await world.close()
    },
  }
}

/** The body of an answer that has to be the gateway's own. */
export function problemOf(answer: { headers: object; body: Buffer }): Record<string, unknown> {
  expect(answer.headers).toMatchObject({
    'content-type': 'application/problem+json',
    'patchbay-answer': 'gateway',
  })
  return JSON.parse(String(answer.body))
}
