import { Secret } from '../lib/core/secret'
import type { ChaosProcess } from '../tests/chaos/run-process'
import type { BenchWorld } from './bench-world'
import type { BenchProvider } from './provider-process'

/** More tries than any doubt takes. */
const triesMax = 6

/** Connections whose new pair left the provider and was stored nowhere. */
export async function lostAnswers(world: BenchWorld, provider: BenchProvider): Promise<Set<string>> {
  const { byConnection } = await provider.counts()
  const rows = await world.deps.db.connection.findMany({ where: { generation: 1 }, select: { id: true } })
  return new Set(rows.map(({ id }) => id).filter((id) => (byConnection[id]?.mints ?? 0) > 0))
}

/** A process that lives on takes over: leases end and waits pass at once here, and it tries until it knows. */
export async function recover(world: BenchWorld, heir: ChaosProcess, ids: readonly string[]): Promise<void> {
  for (let attempt = 0; attempt < triesMax; attempt++) {
    await world.pool.query("UPDATE rotation_lease SET until = now() - interval '1 second'")
    await world.pool.query(`UPDATE connection SET next_attempt_at = now() - interval '1 second',
      verdict_at = verdict_at - interval '1 day' WHERE own_status = 'retrying'`)
    const rows = await world.deps.db.connection.findMany({
      where: attempt === 0 ? { id: { in: [...ids] } } : { ownStatus: 'retrying' },
      select: { id: true },
    })
    await rotateAll(
      heir,
      rows.map(({ id }) => id),
    )
  }
}

export async function rotateAll(by: ChaosProcess, ids: readonly string[]): Promise<void> {
  await Promise.all(ids.map((connectionId) => by.ask({ kind: 'rotate', connectionId, cause: 'due' })))
}

/** What the database says of a connection, and whether the provider takes its stored access token. */
export type Found = { id: string; status: string; lives: boolean }

export async function inspect(world: BenchWorld, provider: BenchProvider, id: string): Promise<Found> {
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
