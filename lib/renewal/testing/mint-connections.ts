import { newId } from '../../core/ids'
import type { Deps } from '../../deps'

/**
 * Live connections that mint their tokens (client credentials of Outstand), without a pair yet: many at once, and renewed by one
 * call each.
 *
 * @returns their ids
 */
export async function mintConnections(
  deps: Pick<Deps, 'db' | 'clock' | 'random'>,
  {
    appId,
    count,
    ...columns
  }: { appId: string; count: number; nextAttemptAt: Date | null; failureCount?: number },
): Promise<string[]> {
  const nowMs = deps.clock.now().getTime()
  const ids = Array.from({ length: count }, () => newId('connection', nowMs, deps.random.bytes(10)))
  await deps.db.connection.createMany({
    data: ids.map((id) => ({
      id,
      appId,
      provider: 'outstand',
      grantKind: 'client_credentials',
      lifecycle: 'live',
      ownStatus: 'healthy',
      accountName: id,
      ...columns,
    })),
  })
  return ids
}
