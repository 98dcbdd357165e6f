import { z } from 'zod'
import { PatchbayError } from '../core/errors'
import { Secret } from '../core/secret'
import type { Tx } from '../db/client'
import type { Deps } from '../deps'
import { networkOf } from './network-of'
import { verifyPassword } from './password'
import { openSession, type SessionOrigin } from './sessions'
import { countAttempt } from './throttle'

/** As loose as ADMIN_EMAIL, which may be `admin@localhost`. */
const credentials = z.object({
  email: z
    .string()
    .trim()
    .toLowerCase()
    .max(320)
    .regex(/^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u),
  password: z.string().min(1).max(1_000).transform(Secret.of),
})

const window = { windowMs: 15 * 60 * 1000 }

export type SignedIn = { userId: string; sessionId: string; name: string; email: string }

/**
 * Sign-in with e-mail and password, throttled by address (60 in 15 minutes) and by person (10). The address comes first: one that is
 * over its limit uses up nobody's tries.
 *
 * @returns `null` when e-mail or password is wrong
 * @throws PatchbayError `too_many_requests`; `forbidden` for a disabled account, told only after the right password
 */
export async function signIn(deps: Deps, input: unknown, origin: SessionOrigin): Promise<SignedIn | null> {
  const parsed = credentials.safeParse(input)
  if (!parsed.success) return null
  const { email, password } = parsed.data
  const from = origin.address === null ? 'unknown' : networkOf(origin.address)
  await requireAttempt(deps, `sign-in-from:${from}`, 60)
  await requireAttempt(deps, `sign-in:${email}`, 10)
  const user = await deps.db.user.findUnique({
    where: { email },
    select: { id: true, name: true, email: true, role: true, passwordHash: true, disabledAt: true },
  })
  if (!(await verifyPassword(user?.passwordHash ?? null, password)) || !user) return null
  const { passwordHash, disabledAt, ...person } = user
  if (disabledAt) throw new PatchbayError('forbidden', 'This account is disabled.')
  const sessionId = await deps.db.$transaction(async (tx) =>
    (await stillHas(tx, person.id, passwordHash)) ? openSession(tx, deps, person, origin) : null,
  )
  return sessionId === null ? null : { userId: person.id, sessionId, name: person.name, email: person.email }
}

async function requireAttempt(deps: Deps, bucket: string, limit: number): Promise<void> {
  const { allowed } = await countAttempt(deps, bucket, { ...window, limit })
  if (allowed) return
  throw new PatchbayError('too_many_requests', 'Too many attempts to sign in. Try again in a few minutes.')
}

/** A password that is changed while the old one is checked opens no session: the row is held until ours is there to be ended. */
async function stillHas(tx: Tx, userId: string, passwordHash: string | null): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM app_user WHERE id = ${userId} AND password_hash = ${passwordHash} AND disabled_at IS NULL FOR SHARE`
  return rows.length > 0
}
