import {
  type AppFaultColumns,
  type FactColumns,
  factSelect,
  type Surroundings,
} from '../../core/connection-facts'
import type { Environment, GrantKind, ProviderId } from '../../core/provider'
import { appFaultSelect, statusOf } from '../../queries/connection-status'
import type { ConnectionDto } from './connection-schema'

/** Prisma's `select` for `ConnectionColumns`; no column of it is a secret. */
export const connectionSelect = {
  ...factSelect,
  id: true,
  provider: true,
  grantKind: true,
  label: true,
  accountName: true,
  accountEmail: true,
  externalAccountId: true,
  externalOrgId: true,
  orgName: true,
  apiUrl: true,
  grantedScopes: true,
  scopesReported: true,
  requestedScopes: true,
  generation: true,
  accessExpiresAt: true,
  reconnectBy: true,
  use: { select: { lastUsedAt: true } },
  app: { select: { ...appFaultSelect, environment: true, origin: true, baseUrl: true } },
} as const

export type ConnectionColumns = FactColumns & {
  id: string
  provider: ProviderId
  grantKind: GrantKind
  label: string | null
  accountName: string
  accountEmail: string | null
  externalAccountId: string | null
  externalOrgId: string | null
  orgName: string | null
  apiUrl: string | null
  grantedScopes: string[]
  scopesReported: boolean
  requestedScopes: string[]
  generation: number
  accessExpiresAt: Date | null
  reconnectBy: Date | null
  use: { lastUsedAt: Date | null } | null
  app: AppFaultColumns & { environment: Environment; origin: string; baseUrl: string }
}

/** @param around what holds rotations back: it changes the next step only */
export function connectionDto(row: ConnectionColumns, around: Surroundings): ConnectionDto {
  const status = statusOf(row, row.app, around)
  return {
    id: row.id,
    provider: row.provider,
    environment: row.app.environment,
    sandbox: row.app.origin === 'sandbox',
    grant: row.grantKind,
    label: row.label,
    account: { id: row.externalAccountId, name: row.accountName, email: row.accountEmail },
    org: { id: row.externalOrgId, name: row.orgName },
    status: {
      code: status.status,
      since: status.since.toISOString(),
      reason: status.failure?.words ?? null,
      next_step: status.nextStep,
      next_step_at: instant(status.nextStepAt),
    },
    scopes: { granted: row.scopesReported ? row.grantedScopes : null, requested: row.requestedScopes },
    api_url: row.apiUrl ?? row.app.baseUrl,
    generation: row.generation,
    access_expires_at: instant(row.accessExpiresAt),
    reconnect_by: instant(row.reconnectBy),
    created_at: row.createdAt.toISOString(),
    last_success_at: instant(row.lastSuccessAt),
    last_used_at: instant(row.use?.lastUsedAt ?? null),
  }
}

function instant(date: Date | null): string | null {
  return date?.toISOString() ?? null
}
