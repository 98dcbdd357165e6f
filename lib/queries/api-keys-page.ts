import { type Actor, hasRole, requireRole } from '../core/actor'
import type { Deps } from '../deps'
import { type KeyRow, keyRows, keySelect } from './api-key-rows'

const currentMax = 500
const endedMax = 50

export type ApiKeysPage = {
  mayManage: boolean
  /** Those that open the door, the newest first. */
  current: KeyRow[]
  /** Expired and revoked ones, the newest fifty. */
  ended: KeyRow[]
}

/** All API keys, as every person may see them. @throws PatchbayError `forbidden` */
export async function apiKeysPage(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor): Promise<ApiKeysPage> {
  requireRole(actor, 'viewer')
  const now = deps.clock.now()
  const isCurrent = { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] }
  const orderBy = [{ createdAt: 'desc' as const }, { id: 'asc' as const }]
  const [current, ended] = await Promise.all([
    deps.db.apiKey.findMany({ where: isCurrent, orderBy, take: currentMax, select: keySelect }),
    deps.db.apiKey.findMany({
      where: { OR: [{ revokedAt: { not: null } }, { expiresAt: { lte: now } }] },
      orderBy,
      take: endedMax,
      select: keySelect,
    }),
  ])
  const rows = await keyRows(deps, [...current, ...ended])
  return {
    mayManage: hasRole(actor, 'admin'),
    current: rows.slice(0, current.length),
    ended: rows.slice(current.length),
  }
}
