import type { Context } from 'hono'
import type { SandboxEnv } from '../kernel/contract'
import { tokenInfoRefusal } from './answers'
import { findBearer } from './bearer'
import type { Engine } from './engine'

/** GET /oauth/token/info: the shape of Doorkeeper 5, where scope is a list (providers.md 4.5). Counts as a first use. */
export async function tokenInfo(engine: Engine, c: Context<SandboxEnv>): Promise<Response> {
  const bearer = await findBearer(engine, c)
  if (bearer.kind === 'fault') return tokenInfoRefusal()
  const { row } = bearer
  const nowMs = engine.options.context.clock.nowMs()
  return Response.json(
    {
      resource_owner_id: ownerNumber(row.ownerId),
      scope: row.scopes,
      expires_in: Math.floor((row.accessExpiresAtMs - nowMs) / 1_000),
      application: { uid: row.clientId },
      created_at: Math.floor(row.createdAtMs / 1_000),
    },
    { headers: { 'content-type': 'application/json; charset=utf-8' } },
  )
}

/** Owners are numbers in Rails; null for a token of the application. */
function ownerNumber(ownerId: string | null): number | string | null {
  return ownerId !== null && /^\d+$/.test(ownerId) ? Number(ownerId) : ownerId
}
