import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import type { SandboxEnv } from '../kernel/contract'
import { randomToken, sameText } from '../kernel/tokens'
import type { Engine } from './engine'
import type { SessionRow } from './model'
import type { Person } from './options'

/** Somebody signed in on the provider's own pages. */
export type SignedIn = { readonly session: SessionRow; readonly person: Person }

const SESSION_TTL_MS = 12 * 3_600_000
const SESSIONS_MAX = 200

/** Cookies do not know ports: the name keeps the providers of one host apart. */
function cookieName(engine: Engine): string {
  return `sandbox_${engine.options.context.provider}_session`
}

/** Who the session cookie of a request stands for; null without a live session. */
export function signedIn(engine: Engine, c: Context<SandboxEnv>): SignedIn | null {
  const id = getCookie(c, cookieName(engine))
  const session = engine.store.state.sessions.find((row) => row.id === id)
  if (session === undefined || engine.options.context.clock.nowMs() >= session.expiresAtMs) return null
  const person = engine.options.people().find((one) => one.id === session.ownerId)
  return person === undefined ? null : { session, person }
}

/** Starts a session and gives the Set-Cookie value that carries it. */
export async function startSession(engine: Engine, person: Person): Promise<string> {
  const session: SessionRow = {
    id: randomToken(),
    ownerId: person.id,
    formToken: randomToken(),
    expiresAtMs: engine.options.context.clock.nowMs() + SESSION_TTL_MS,
  }
  const { state } = engine.store
  state.sessions = [...state.sessions.slice(1 - SESSIONS_MAX), session]
  await engine.store.commit()
  return `${cookieName(engine)}=${session.id}; Path=/; HttpOnly; SameSite=Lax`
}

/** Ends the session of this request and gives the Set-Cookie value that removes its cookie. */
export async function endSession(engine: Engine, c: Context<SandboxEnv>): Promise<string> {
  const id = getCookie(c, cookieName(engine))
  const { state } = engine.store
  state.sessions = state.sessions.filter((row) => row.id !== id)
  await engine.store.commit()
  return `${cookieName(engine)}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`
}

/** Whether a form was made by a page of this session. */
export function formFits(session: SessionRow, formToken: string | undefined): boolean {
  return formToken !== undefined && sameText(session.formToken, formToken)
}

/** A path on this server to go back to; anything else becomes the front page. */
export function safeReturn(path: string | undefined): string {
  return path !== undefined && /^\/(?![/\\])/.test(path) ? path : '/'
}
