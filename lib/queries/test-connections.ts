import { newId } from '../core/ids'
import type { Environment, ProviderId } from '../core/provider'
import type { ConnectionStatus } from '../core/status'
import type { Deps } from '../deps'

/** A connection of the test's world, as the list should understand it. */
export type SeededConnection = {
  id: string
  provider: ProviderId
  environment: Environment
  status: ConnectionStatus
  /** Everything that the search looks at. */
  texts: string[]
  keys: { name: string; access: number | null; reconnect: number | null; used: number | null }
}

const providers = ['outreach', 'envoy', 'outstand'] as const
const environments = ['sandbox', 'development', 'production'] as const
const statuses = [
  'healthy',
  'healthy',
  'retrying',
  'uncertain',
  'needs_reconnect',
  'suspended',
  'pending',
  'disconnected',
] as const
const odd = ['100% Ltd', 'under_score', "O'Neil \\ Sons"]

/** A number that looks random and is the same each time. */
function mixed(index: number, modulus: number): number {
  return (Math.imul(index + 1, 2_654_435_761) >>> 8) % modulus
}

/** Many connections with ties, gaps, labels and faulty apps, so that each sort and filter has its hard cases. */
export async function seedConnections(deps: Deps, count: number): Promise<SeededConnection[]> {
  const now = deps.clock.now().getTime()
  const id = (kind: 'providerApp' | 'connection') => newId(kind, now, deps.random.bytes(10))
  const apps = providers.flatMap((provider) =>
    environments.map((environment) => ({
      id: id('providerApp'),
      slug: `${provider}-${environment}`,
      provider,
      environment,
      origin: 'settings' as const,
      name: `${provider} ${environment}`,
      baseUrl: 'https://example.com',
      faultAt: provider === 'envoy' && environment === 'production' ? new Date(now) : null,
    })),
  )
  await deps.db.providerApp.createMany({ data: apps })

  const clockAt = (index: number, seed: number, steps: number) =>
    mixed(index + seed, 5) === 0 ? null : new Date(now + mixed(index * 7 + seed, steps) * 60_000)
  const rows = Array.from({ length: count }, (_, index) => {
    const app = apps[mixed(index, apps.length)]
    if (!app) throw new Error('there is no app')
    const own = statuses[mixed(index * 3, statuses.length)] ?? 'healthy'
    const accessExpiresAt = clockAt(index, 1, 40)
    const refreshExpiresAt = clockAt(index, 2, 90)
    const accountName = odd[index] ?? `Acme${String(mixed(index, 4_000)).padStart(4, '0')}`
    return {
      id: id('connection'),
      provider: app.provider,
      appId: app.id,
      grantKind: 'oauth_code' as const,
      lifecycle: own === 'pending' || own === 'disconnected' ? own : ('live' as const),
      accountName,
      label: index > 10 && mixed(index, 9) === 0 ? `zeta${String(index).padStart(5, '0')}` : null,
      accountEmail: `person${index}@example.com`,
      orgName: mixed(index, 3) === 0 ? 'Globex' : null,
      ownStatus: own,
      suspendedAt: own === 'suspended' ? new Date(now) : null,
      needsReconnectAt: own === 'needs_reconnect' ? new Date(now) : null,
      uncertainAt: own === 'uncertain' ? new Date(now) : null,
      retryingSince: own === 'retrying' ? new Date(now) : null,
      // Few distinct values, so that most pages begin and end inside a tie.
      accessExpiresAt,
      refreshExpiresAt,
      reconnectBy: mixed(index, 2) === 0 ? refreshExpiresAt : accessExpiresAt,
    }
  })
  await deps.db.connection.createMany({ data: rows })
  const renewable = rows.filter((_, index) => mixed(index, 2) === 0)
  await deps.db.tokenPair.createMany({
    data: renewable.map((row) => ({
      connectionId: row.id,
      generation: 1,
      obtainedBy: 'code' as const,
      accessTokenSealed: 'sealed',
      accessFingerprint: '0123456789ab',
      refreshFingerprint: 'ba9876543210',
      obtainedAt: new Date(now),
    })),
  })

  const faulty = new Set(apps.filter((app) => app.faultAt).map((app) => app.id))
  const appOf = new Map(apps.map((app) => [app.id, app]))
  const seeded = rows.map((row, index): SeededConnection => {
    const app = appOf.get(row.appId)
    const settled = ['pending', 'disconnected', 'suspended'].includes(row.ownStatus)
    return {
      id: row.id,
      provider: row.provider,
      environment: app?.environment ?? 'sandbox',
      status: faulty.has(row.appId) && !settled ? 'app_misconfigured' : row.ownStatus,
      texts: [row.label, row.accountName, row.accountEmail, row.orgName, row.id, app?.name, app?.id].filter(
        (text) => typeof text === 'string',
      ),
      keys: {
        name: (row.label ?? row.accountName).toLowerCase(),
        access: row.accessExpiresAt?.getTime() ?? null,
        reconnect: row.reconnectBy?.getTime() ?? null,
        used: clockAt(index, 3, 5_000)?.getTime() ?? null,
      },
    }
  })
  await writeUses(deps, seeded)
  return seeded
}

/** When they were last used, which goes with a connection that is deleted. */
export async function writeUses(deps: Deps, rows: readonly SeededConnection[]): Promise<void> {
  const uses = rows.map(({ id, keys: { used } }) => ({ id, at: used === null ? null : new Date(used) }))
  await deps.db.$executeRaw`
    UPDATE connection_use AS kept SET last_used_at = item.at
    FROM json_to_recordset(${JSON.stringify(uses)}::json) AS item (id text, at timestamptz)
    WHERE kept.connection_id = item.id`
}
