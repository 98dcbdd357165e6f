import { type Actor, requireRole } from '../core/actor'
import type { Environment, GrantKind, ProviderId } from '../core/provider'
import type { Deps } from '../deps'
import {
  developmentGrants,
  grantOfPerson,
  grantSelect,
  type LapsingGrant,
} from '../provider-apps/development-grants'
import { type RotationRow, rotationRow, rotationSelect } from './connection-rotations'

const mintDaysMs = 14 * 24 * 3_600_000
const rotationsShown = 8

export type ConnectionToken = {
  /** `null`: nothing is stored, never any token. */
  pair: {
    generation: number
    obtainedBy: RotationRow['kind']
    obtainedAt: Date
    accessExpiresAt: Date | null
    accessFingerprint: string
    firstUsedAt: Date | null
    refresh: { fingerprint: string; expiresAt: Date | null } | null
  } | null
  /** Whether Patchbay can renew the pair without a person. */
  renewable: boolean
  nextRotationAt: Date | null
  /** How often a pair of this grant is renewed even if nobody asks, in milliseconds; `null`: before each expiry. */
  keepAliveMs: number | null
  /** Shortest time between two mints that the provider allows, in milliseconds. */
  mintIntervalMs: number | null
  /** Successful token calls of the last 14 days, where the provider counts them. */
  mints: { count: number; limit: number } | null
  rotations: RotationRow[]
  /** Only for development credentials. */
  development: {
    note: string
    lapse: LapsingGrant['reason'] | 'own_org' | 'no_owner'
    lapsesAt: Date | null
  } | null
}

/**
 * The clocks and facts of a connection's token pair; its ciphertexts are not read.
 *
 * @returns `null` when there is no such connection
 * @throws PatchbayError `forbidden`
 */
export async function connectionToken(
  deps: Pick<Deps, 'db' | 'clock' | 'providers'>,
  actor: Actor,
  connectionId: string,
): Promise<ConnectionToken | null> {
  requireRole(actor, 'viewer')
  const row = await deps.db.connection.findUnique({ where: { id: connectionId }, select })
  if (!row) return null
  const { pair } = row
  const provider = deps.providers.get(row.provider)
  const policy = provider.policy(row.grantKind)
  return {
    pair: pair && {
      generation: pair.generation,
      obtainedBy: pair.obtainedBy,
      obtainedAt: pair.obtainedAt,
      accessExpiresAt: pair.accessExpiresAt,
      accessFingerprint: pair.accessFingerprint,
      firstUsedAt: pair.firstUsedAt,
      refresh: pair.refreshFingerprint
        ? { fingerprint: pair.refreshFingerprint, expiresAt: pair.refreshExpiresAt }
        : null,
    },
    renewable: row.grantKind !== 'oauth_code' || Boolean(pair?.refreshFingerprint),
    nextRotationAt: row.lifecycle === 'live' ? row.nextAttemptAt : null,
    keepAliveMs: policy.keepAliveMs,
    mintIntervalMs: policy.mintIntervalMs,
    mints: await countMints(deps, row),
    rotations: row.journal.map(rotationRow),
    development: await development(deps, row, provider.manifest.developmentNote),
  }
}

const select = {
  id: true,
  provider: true,
  grantKind: true,
  lifecycle: true,
  nextAttemptAt: true,
  consentAt: true,
  externalAccountId: true,
  pair: {
    select: {
      generation: true,
      obtainedBy: true,
      obtainedAt: true,
      accessExpiresAt: true,
      accessFingerprint: true,
      firstUsedAt: true,
      refreshFingerprint: true,
      refreshExpiresAt: true,
    },
  },
  app: { select: { id: true, environment: true, owningOrgId: true, owningOrgName: true } },
  journal: {
    orderBy: { startedAt: 'desc' },
    take: rotationsShown,
    select: rotationSelect,
  },
} as const

type TokenRow = {
  id: string
  provider: ProviderId
  grantKind: GrantKind
  consentAt: Date | null
  app: { id: string; environment: Environment; owningOrgId: string | null; owningOrgName: string | null }
}

/** Outreach allows a user and app a hundred mints in 14 days (providers.md 1.1). */
async function countMints(
  deps: Pick<Deps, 'db' | 'clock'>,
  row: TokenRow,
): Promise<ConnectionToken['mints']> {
  if (row.provider !== 'outreach' || row.grantKind !== 'oauth_code') return null
  const since = new Date(deps.clock.now().getTime() - mintDaysMs)
  const count = await deps.db.rotationJournal.count({
    where: { connectionId: row.id, startedAt: { gte: since }, outcome: 'renewed' },
  })
  return { count, limit: 100 }
}

async function development(
  deps: Pick<Deps, 'db'>,
  row: TokenRow,
  note: string | null,
): Promise<ConnectionToken['development']> {
  const { app } = row
  if (app.environment !== 'development' || row.grantKind !== 'oauth_code' || note === null) return null
  const grants = await deps.db.connection.findMany({
    where: { appId: app.id, grantKind: 'oauth_code', lifecycle: 'live' },
    select: grantSelect,
  })
  const { ownPeople, lapsing } = developmentGrants(
    { id: app.owningOrgId, name: app.owningOrgName },
    grants.map(grantOfPerson),
  )
  if (ownPeople === null) return { note, lapse: 'no_owner', lapsesAt: null }
  const own = lapsing.find((grant) => grant.connectionId === row.id)
  return { note, lapse: own?.reason ?? 'own_org', lapsesAt: own?.lapsesAt ?? null }
}
