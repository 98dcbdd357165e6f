import type { Context, Hono } from 'hono'
import { readBody } from '../kernel/body'
import type { SandboxEnv } from '../kernel/contract'
import { authenticateClient } from './client-auth'
import { type EnvoyParts, handOut, mintingOf } from './parts'
import { tokenAnswer } from './token-answer'
import { runGrant, type TokenRefusal } from './token-grants'

/** The same endpoint under both of its addresses (providers.md 2.1). */
export const TOKEN_PATHS = ['/a/auth/v0/token', '/oauth2/token'] as const

const NO_STORE = { 'cache-control': 'no-store', pragma: 'no-cache' } as const

function refuse(c: Context<SandboxEnv>, { status, error, description }: TokenRefusal): Response {
  const words = description === undefined ? {} : { error_description: description }
  return c.json({ error, ...words }, status, NO_STORE)
}

/** The token endpoint: JSON, form or multipart, with the client's credentials in body, Basic or both (providers.md 2.3). */
export function addTokenRoutes(app: Hono<SandboxEnv>, parts: EnvoyParts): void {
  const answer = async (c: Context<SandboxEnv>): Promise<Response> => {
    const body = await readBody(c)
    if (body.kind !== 'json' && body.kind !== 'form' && body.kind !== 'multipart') {
      const description = 'The body has to be JSON, a form or multipart, and be what it says'
      return refuse(c, { status: 400, error: 'invalid_request', description })
    }
    const { fields } = body
    const client = authenticateClient([parts.plugin, parts.oauth], c.req.header('authorization'), fields)
    if (client === null) return refuse(c, { status: 401, error: 'invalid_client' })
    const { state } = parts.store
    const outcome = runGrant({ state, minting: mintingOf(parts), app: client, fields })
    if (!outcome.ok) return refuse(c, outcome.refusal)
    await handOut(parts, outcome.issued)
    return c.json(tokenAnswer(outcome.issued), 200, NO_STORE)
  }
  for (const path of TOKEN_PATHS) {
    app.post(path, answer)
    app.all(path, (c) => c.json({ error: 'method not allowed' }, 405, { allow: 'POST' }))
  }
}
