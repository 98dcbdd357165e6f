import { setTimeout as pause } from 'node:timers/promises'
import { Secret } from '../lib/core/secret'
import { steps } from '../tests/chaos/orders'
import type { ChaosProcess } from '../tests/chaos/run-process'
import type { Bench } from './bench-setting'
import { type BenchWorld, benchWorld } from './bench-world'
import { exactly } from './figure'
import { type BenchProvider, startProvider } from './provider-process'

const kills = 100
/** Processes that are tortured at the same time. */
const lanes = 3
const answerMs = 150
/** More tries than any doubt takes. */
const triesMax = 6

/** Beside the steps of a process itself: the provider has carried the call out and not answered, and any moment at all. */
const moments = [...steps, 'during_call', 'any_time'] as const
type Moment = (typeof moments)[number]

/** Kills a hundred processes in mid-rotation, and lets others find out what became of the grants. */
export const kill: Bench = async (setting, tell, say) => {
  for (const revocation of ['first_use', 'immediate'] as const) {
    const provider = await startProvider(setting.providerBundle, { delayMs: answerMs, revocation })
    const world = await benchWorld(setting, provider.url)
    try {
      const ids = await world.seed(kills, () => new Date(), 600_000)
      const plan = ids.map((id, index) => ({ id, moment: momentOf(index) }))
      await killAll(world, provider, plan)
      const lost = await lostAnswers(world, provider)
      await recover(world, ids)
      const found = await Promise.all(ids.map((id) => inspect(world, provider, id)))
      const of = (test: (one: Found) => boolean) => found.filter(test).length
      const name = `${kills} kills, revocation ${revocation === 'first_use' ? 'deferred' : 'immediate'}`
      if (revocation === 'first_use')
        tell(
          exactly(
            `${name}: grants lost`,
            of(({ status, lives }) => status !== 'healthy' || !lives),
            0,
            'grants',
          ),
        )
      else {
        tell(
          exactly(
            `${name}: lost answers shown as uncertain`,
            of(({ id, status }) => lost.has(id) && status === 'uncertain'),
            lost.size,
            'connections',
          ),
        )
        tell(
          exactly(
            `${name}: shown as healthy and dead`,
            of(({ status, lives }) => status === 'healthy' && !lives),
            0,
            'connections',
          ),
        )
        tell(
          exactly(
            `${name}: lost without a lost answer`,
            of(({ id, lives }) => !lost.has(id) && !lives),
            0,
            'grants',
          ),
        )
      }
      tell(
        exactly(
          `${name}: asked for a reconnect that none needs`,
          of(({ status }) => status === 'needs_reconnect'),
          0,
          'connections',
        ),
      )
      say(`${lost.size} answers were lost; killed ${countsOf(plan.map(({ moment }) => moment))}`)
    } finally {
      await world.close()
      provider.stop()
    }
  }
}

/** Looks random, and is the same each time. */
function momentOf(index: number): Moment {
  const mixed = Math.imul(index + 1, 2_654_435_761) >>> 8
  return moments[mixed % moments.length] ?? 'any_time'
}

type Killing = { id: string; moment: Moment }

async function killAll(world: BenchWorld, provider: BenchProvider, plan: readonly Killing[]): Promise<void> {
  const duringCall = new Map<string, ChaosProcess>()
  provider.onMint((connectionId) => duringCall.get(connectionId)?.signal('SIGKILL'))
  const waiting = [...plan]
  async function lane(): Promise<void> {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { id, moment } = next
      const victim = await world.start()
      if (moment === 'during_call') duringCall.set(id, victim)
      else if (moment !== 'any_time') await victim.ask({ kind: 'strike', at: moment, signal: 'SIGKILL' })
      victim.ask({ kind: 'rotate', connectionId: id, cause: 'due' }).catch(() => {})
      if (moment === 'any_time') {
        await pause(Math.random() * 3 * answerMs)
        victim.signal('SIGKILL')
      }
      await victim.exited
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  provider.onMint(null)
}

/** Connections whose new pair left the provider and was stored nowhere. */
async function lostAnswers(world: BenchWorld, provider: BenchProvider): Promise<Set<string>> {
  const { byConnection } = await provider.counts()
  const rows = await world.deps.db.connection.findMany({ where: { generation: 1 }, select: { id: true } })
  return new Set(rows.map(({ id }) => id).filter((id) => (byConnection[id]?.mints ?? 0) > 0))
}

/** A process that lives on takes over: leases end and waits pass at once here, and it tries until it knows. */
async function recover(world: BenchWorld, ids: readonly string[]): Promise<void> {
  const heir = await world.start()
  for (let attempt = 0; attempt < triesMax; attempt++) {
    await world.pool.query("UPDATE rotation_lease SET until = now() - interval '1 second'")
    await world.pool.query(`UPDATE connection SET next_attempt_at = now() - interval '1 second',
      verdict_at = verdict_at - interval '1 day' WHERE own_status = 'retrying'`)
    const rows = await world.deps.db.connection.findMany({
      where: attempt === 0 ? { id: { in: [...ids] } } : { ownStatus: 'retrying' },
      select: { id: true },
    })
    await Promise.all(rows.map(({ id }) => heir.ask({ kind: 'rotate', connectionId: id, cause: 'due' })))
  }
}

type Found = { id: string; status: string; lives: boolean }

async function inspect(world: BenchWorld, provider: BenchProvider, id: string): Promise<Found> {
  const row = await world.deps.db.connection.findUniqueOrThrow({
    where: { id },
    select: { ownStatus: true, pair: { select: { accessTokenSealed: true } } },
  })
  const place = { table: 'token_pair', rowId: id, field: 'access_token_sealed' }
  const token = row.pair ? world.deps.vault.open(row.pair.accessTokenSealed, place) : Secret.of('')
  const headers = { authorization: `Bearer ${token.reveal()}` }
  const answer = await fetch(`${provider.url}/oauth/token/info`, { headers })
  return { id, status: row.ownStatus, lives: answer.status === 200 }
}

function countsOf(words: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].map(([word, count]) => `${count} ${word}`).join(', ')
}
