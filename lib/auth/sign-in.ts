import { z } from 'zod'
import { writeAudit } from '../audit/write-audit'
import { PatchbayError } from '../core/errors'
import { Secret } from '../core/secret'
import type { Deps } from '../deps'
import { verifyPassword } from './password'
import { openSession, type SessionOrigin } from './sessions'
import { countAttempt } from './throttle'

const credentials = z.object({
  email: z.string().trim().toLowerCase().max(320),
  password: z.string().min(1).max(1_000).transform(Secret.of),
})

const window = { windowMs: 15 * 60 * 1000 }

export type SignedIn = { userId: string; sessionId: string; name: string; email: string }

/**
 * Sign-in with e-mail and password, throttled by person (10 in 15 minutes) and by address (60).
 *
 * @returns `null` when e-mail or password is wrong
 * @throws PatchbayError `too_many_requests`; `forbidden` for a disabled account, told only after the right password
 */
export async function signIn(deps: Deps, input: unknown, origin: SessionOrigin): Promise<SignedIn | null> {
  const parsed = credentials.safeParse(input)
  if (!parsed.success) return null
  const { email, password } = parsed.data
  const attempts = await Promise.all([
    countAttempt(deps, `sign-in:${email}`, { ...window, limit: 10 }),
    countAttempt(deps, `sign-in-from:${origin.address ?? 'unknown'}`, { ...window, limit: 60 }),
  ])
  if (attempts.some(({ allowed }) => !allowed)) {
    throw new PatchbayError('too_many_requests', 'Too many attempts to sign in. Try again in a few minutes.')
  }
  const user = await deps.db.user.findUnique({
    where: { email },
    select: { id: true, name: true, email: true, role: true, passwordHash: true, disabledAt: true },
  })
  if (!(await verifyPassword(user?.passwordHash ?? null, password)) || !user) return null
  if (user.disabledAt) throw new PatchbayError('forbidden', 'This account is disabled.')
  const sessionId = await openSession(deps, user.id, origin)
  await auditSignIn(deps, user, sessionId)
  return { userId: user.id, sessionId, name: user.name, email: user.email }
}

type Person = { id: string; name: string; email: string; role: 'owner' | 'admin' | 'viewer' }

/** The trail's row of a sign-in, whichever way it was made. */
export async function auditSignIn(deps: Deps, person: Person, sessionId: string): Promise<void> {
  const actor = { kind: 'user', ...person, sessionId } as const
  await deps.db.$transaction((tx) =>
    writeAudit(tx, deps, actor, {
      action: 'session.opened',
      subject: { kind: 'session', id: sessionId, name: person.email },
    }),
  )
}
