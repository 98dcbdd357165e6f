import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isPatchbayError } from '../core/errors'
import { acceptInstall } from '../installs/accept-install'
import { refuseInstall } from '../installs/refuse-install'
import { s2sWorld, webhookSecret } from '../installs/testing/s2s-world'
import { lifecycleBody, outreachHeaders, post } from './testing/signed-webhooks'

const { at, installAt, addToken, change, land } = s2sWorld()

const acts = ['created', 'deleted', 'stranger', 'admin', 'accept', 'refuse', 'reload'] as const
type Act = (typeof acts)[number]

/** What may happen to one install, from any side. The provider's own state changes before it tells. */
function play(install: { id: string; token: string }, step: number) {
  const tell = (eventName: string) => {
    const body = lifecycleBody(eventName, install.id, at.outreach.state.guid, at.deps.clock.now())
    return post(at.deps, 'outreach', body, outreachHeaders(body, webhookSecret))
  }
  const ours = async (verb: typeof acceptInstall | typeof refuseInstall) => {
    const row = await at.deps.db.install.findFirst({ where: { externalInstallId: install.id } })
    if (!row) return
    await verb(at.deps, at.admin, { installId: row.id }).catch((error: unknown) => {
      if (!isPatchbayError(error)) throw error
    })
  }
  const arrive = (actor: typeof at.admin | null) => {
    const token = `${install.token}-${step}`
    addToken(token, install.id)
    return land(token, actor, { address: token })
  }
  const by: Record<Act, () => Promise<unknown>> = {
    created: () => {
      change(install.id, 'alive')
      return tell('install.created')
    },
    deleted: () => {
      change(install.id, 'removed')
      return tell('install.deleted')
    },
    stranger: () => arrive(null),
    admin: () => arrive(at.admin),
    accept: () => ours(acceptInstall),
    refuse: () => ours(refuseInstall),
    reload: () => land(install.token, null, { address: install.token }),
  }
  return by
}

async function expectWhole(externalInstallId: string) {
  const installs = await at.deps.db.install.findMany({
    where: { externalInstallId },
    include: { connection: { include: { pair: true } } },
  })
  expect(installs.length).toBeLessThanOrEqual(1)
  const [install] = installs
  expect(await at.deps.db.installLease.count()).toBe(0)
  if (!install) return
  const { connection } = install
  const whole = {
    accepted: ['live', true],
    waiting: ['pending', true],
    refused: ['refused', false],
    uninstalled: [connection?.lifecycle === 'refused' ? 'refused' : 'disconnected', false],
  }[install.state]
  expect([install.state, connection?.lifecycle, connection?.pair !== null]).toEqual([install.state, ...whole])
  const ofOrg = { appId: at.appId, externalAccountId: install.externalOrgId }
  expect(await at.deps.db.connection.count({ where: ofOrg })).toBe(1)
}

it('ends whole, in one install and one connection, whatever comes in whatever order, two at a time', async () => {
  let org = 1000
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom(...acts), fc.constantFrom(...acts)), { minLength: 1, maxLength: 5 }),
      async (pairs) => {
        org += 1
        // The throttle is another test's affair.
        at.deps.clock.advance(61_000)
        const install = installAt(String(org))
        for (const [step, pair] of pairs.entries()) {
          await Promise.all(pair.map((act, side) => play(install, step * 2 + side)[act]()))
          await expectWhole(install.id)
        }
      },
    ),
    { numRuns: 30 },
  )
})
