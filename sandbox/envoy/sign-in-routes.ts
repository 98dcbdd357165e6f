import type { Hono } from 'hono'
import { readBody, single } from '../kernel/body'
import type { SandboxEnv } from '../kernel/contract'
import { findPerson } from './directory'
import { messagePage } from './pages/message-page'
import { signInPage } from './pages/sign-in-page'
import type { EnvoyParts } from './parts'
import { safeNext, signedIn, signIn } from './session'

/** Signing in as somebody, and as somebody else. */
export function addSignInRoutes(app: Hono<SandboxEnv>, parts: EnvoyParts): void {
  app.get('/sign-in', (c) => signInPage(safeNext(c.req.query('next')), signedIn(parts, c)))

  app.post('/sign-in', async (c) => {
    const { fields } = await readBody(c)
    const person = findPerson(single(fields, 'person') ?? '')
    if (person === undefined) {
      return messagePage({ title: 'Nobody was chosen', words: 'There is no such person here.' }, 400)
    }
    await signIn(parts, c, person)
    return c.redirect(safeNext(single(fields, 'next')), 303)
  })
}
