import type { Tx } from '../db/client'
import type { Deps } from '../deps'
import { type OpenPress, pressLifeMs } from './decide-acceptance'
import type { InstallGrant } from './install-facts'

/** The presses of Connect that may speak for an install of this app: open, young, and of people who may still connect. */
export async function openPresses(
  tx: Pick<Tx, 'connectFlow' | 'user'>,
  deps: Pick<Deps, 'clock'>,
  appId: string,
  grantKind: InstallGrant,
): Promise<OpenPress[]> {
  const since = new Date(deps.clock.now().getTime() - pressLifeMs)
  const flows = await tx.connectFlow.findMany({
    where: { appId, grantKind, outcome: 'open', dismissedAt: null, createdAt: { gte: since } },
    select: { id: true, userId: true, connectionId: true },
  })
  if (flows.length === 0) return []
  const people = await tx.user.findMany({
    where: { id: { in: flows.map((flow) => flow.userId) }, disabledAt: null, role: { not: 'viewer' } },
    select: { id: true, name: true },
  })
  const names = new Map(people.map((person) => [person.id, person.name]))
  return flows.flatMap(({ id, userId, connectionId }) => {
    const userName = names.get(userId)
    return userName === undefined ? [] : [{ flowId: id, userId, userName, connectionId }]
  })
}

/** Ends presses with the connection they asked for. */
export async function answerPresses(
  tx: Pick<Tx, 'connectFlow'>,
  deps: Pick<Deps, 'clock'>,
  presses: readonly OpenPress[],
  connectionId: string,
): Promise<void> {
  if (presses.length === 0) return
  await tx.connectFlow.updateMany({
    where: { id: { in: presses.map((press) => press.flowId) }, outcome: 'open' },
    data: { outcome: 'completed', resultId: connectionId, finishedAt: deps.clock.now() },
  })
}
