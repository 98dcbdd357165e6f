import { z } from 'zod'
import { writeAudit } from '../audit/write-audit'
import type { Role } from '../core/actor'
import { PatchbayError } from '../core/errors'
import { newId } from '../core/ids'
import type { Tx } from '../db/client'
import type { Deps } from '../deps'
import { lockPeople } from './people-lock'
import { openSession, type SessionOrigin } from './sessions'
import type { SignedIn } from './sign-in'

/** The claims of an ID token that matter here (OpenID Connect Core 1.0, 5.1). */
const claimsSchema = z.object({
  sub: z.string().min(1).max(255),
  email: z.email().max(320).toLowerCase(),
  email_verified: z.union([z.boolean(), z.stringbool()]).optional(),
  name: z
    .string()
    .transform((name) =>
      name
        .replace(/\p{Cc}/gu, ' ')
        .trim()
        .slice(0, 100),
    )
    .optional(),
})
type Claims = z.infer<typeof claimsSchema>

/**
 * Sign-in by OpenID Connect. A person is known by `sub`; the first time, an existing account with the same verified e-mail is
 * taken over, else one is made with OIDC_DEFAULT_ROLE, once there is an owner.
 *
 * @throws PatchbayError `forbidden` for an unverified e-mail, a domain that is not allowed, or a disabled account
 */
export async function oidcSignIn(deps: Deps, claims: unknown, origin: SessionOrigin): Promise<SignedIn> {
  const { oidc } = deps.config
  const parsed = claimsSchema.safeParse(claims)
  if (!oidc || !parsed.success) throw refuse('The identity provider named no e-mail address.')
  requireAllowed(parsed.data, oidc.allowedDomains)
  const subject = `${oidc.issuer} ${parsed.data.sub}`
  return deps.db.$transaction(async (tx) => {
    const person = await findPerson(tx, deps, parsed.data, subject, oidc.defaultRole)
    if (person.disabledAt) throw refuse('This account is disabled.')
    const { id, name, email, role } = person
    const sessionId = await openSession(tx, deps, { id, name, email, role }, origin)
    return { userId: id, sessionId, name, email }
  })
}

/** A domain proves something only when the identity provider vouches for the address. */
function requireAllowed({ email, email_verified: verified }: Claims, domains: readonly string[]): void {
  if (verified === false) throw refuse('This e-mail address is not verified.')
  if (domains.length === 0) return
  const domain = email.slice(email.lastIndexOf('@') + 1)
  if (!domains.includes(domain)) throw refuse(`Accounts of ${domain} may not sign in here.`)
  if (verified !== true) throw refuse('The identity provider does not say that this e-mail is verified.')
}

const select = { id: true, name: true, email: true, role: true, disabledAt: true } as const
const identityProvider = { kind: 'system', name: 'identity provider' } as const

async function findPerson(tx: Tx, deps: Deps, claims: Claims, subject: string, role: Role) {
  const bySubject = await tx.user.findUnique({ where: { oidcSubject: subject }, select })
  if (bySubject) return bySubject
  await lockPeople(tx)
  const { email, email_verified: verified, name } = claims
  const byEmail = await tx.user.findUnique({ where: { email }, select: { ...select, oidcSubject: true } })
  if (byEmail) {
    // A second sign-in at once has brought the same person meanwhile.
    if (byEmail.oidcSubject === subject) return byEmail
    // Only an address that the provider vouches for takes over an account that was here before.
    if (verified !== true || byEmail.oidcSubject) throw refuse('Another account has this e-mail address.')
    if (byEmail.disabledAt) throw refuse('This account is disabled.')
    const linked = await tx.user.update({
      where: { id: byEmail.id },
      data: { oidcSubject: subject },
      select,
    })
    await writeAudit(tx, deps, identityProvider, {
      action: 'user.linked',
      subject: { kind: 'user', id: linked.id, name: email },
    })
    return linked
  }
  if ((await tx.user.count({ take: 1 })) === 0) {
    // Else the first comer would end the set-up link, and there would be people but no owner.
    throw refuse('The first account is the owner’s, made with the set-up link.')
  }
  const now = deps.clock.now()
  const id = newId('user', now.getTime(), deps.random.bytes(10))
  const made = await tx.user.create({
    data: { id, email, name: name || email, role, oidcSubject: subject, createdAt: now },
    select,
  })
  await writeAudit(tx, deps, identityProvider, {
    action: 'user.created',
    subject: { kind: 'user', id, name: email },
    detail: { role },
  })
  return made
}

function refuse(words: string): PatchbayError {
  return new PatchbayError('forbidden', words)
}
