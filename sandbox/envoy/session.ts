import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { SandboxEnv } from '../kernel/contract'
import { randomToken } from '../kernel/tokens'
import { type EnvoyPerson, findPerson } from './directory'
import type { EnvoyParts } from './parts'

const COOKIE = 'sandbox_envoy_session'
const SESSIONS_KEPT = 50

/** Who this browser is signed in as, if anybody. */
export function signedIn(parts: EnvoyParts, c: Context<SandboxEnv>): EnvoyPerson | undefined {
  const id = getCookie(c, COOKIE)
  const session = parts.store.state.sessions.find((candidate) => candidate.id === id)
  return session === undefined ? undefined : findPerson(session.personId)
}

/** Signs this browser in as `person`, by a cookie that lasts as long as the browser does. */
export async function signIn(parts: EnvoyParts, c: Context<SandboxEnv>, person: EnvoyPerson): Promise<void> {
  const id = randomToken()
  const { state } = parts.store
  state.sessions = [...state.sessions, { id, personId: person.id }].slice(-SESSIONS_KEPT)
  await parts.store.commit()
  setCookie(c, COOKIE, id, { path: '/', httpOnly: true, sameSite: 'Lax' })
}

/** The sign-in page that leads back to where this request wanted to go. */
export function signInUrl(c: Context<SandboxEnv>): string {
  const { pathname, search } = new URL(c.req.url)
  return `/sign-in?${new URLSearchParams({ next: `${pathname}${search}` })}`
}

/** A path of this server to go on to after sign-in; anything else leads to the first page. */
export function safeNext(next: string | undefined): string {
  if (next === undefined || !/^\/(?![/\\])/.test(next)) return '/'
  const base = 'http://here.invalid'
  const url = URL.canParse(next, base) ? new URL(next, base) : new URL(base)
  return url.origin === base ? `${url.pathname}${url.search}` : '/'
}
