import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { getServerSession } from 'next-auth'
import { cache } from 'react'
import { hasRole, type Role, type UserActor } from '../core/actor'
import type { Deps } from '../deps'
import { authOptions } from './auth-options'
import { sessionActor } from './sessions'
import { signInPath } from './sign-in-path'

/** @returns who is signed in in this request's browser, `null` for nobody; asked of the database once a request */
export const readActor = cache(async (deps: Deps): Promise<UserActor | null> => {
  const session: unknown = await getServerSession(authOptions(deps, { userAgent: null, address: null }))
  const sid = typeof session === 'object' && session !== null ? Reflect.get(session, 'sid') : null
  return typeof sid === 'string' ? sessionActor(deps, sid) : null
})

/**
 * The actor of a page: nobody is sent to sign in and comes back to the page.
 *
 * @param role less than this gets the overview; each verb and query checks again
 */
export async function requirePageActor(deps: Deps, role: Role = 'viewer'): Promise<UserActor> {
  const actor = await readActor(deps)
  if (!actor) {
    redirect(signInPath((await headers()).get(pagePathHeader)))
  }
  if (!hasRole(actor, role)) redirect('/')
  return actor
}

/** Set by our server on each request for a page, so that sign-in can come back to it; Next tells a page no path. */
export const pagePathHeader = 'x-patchbay-path'
