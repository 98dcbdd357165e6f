import { z } from 'zod'
import { PatchbayError } from '../core/errors'
import { newId } from '../core/ids'
import type { Deps } from '../deps'
import { openSession, type SessionOrigin } from './sessions'
import { auditSignIn, type SignedIn } from './sign-in'

/** The claims of an ID token that matter here (OpenID Connect Core 1.0, 5.1). */
const claimsSchema = z.object({
  sub: z.string().min(1),
  email: z.email().toLowerCase(),
  email_verified: z.union([z.boolean(), z.stringbool()]).optional(),
  name: z.string().optional(),
})

/**
 * Sign-in by OpenID Connect. A person is known by `sub`; the first time, an existing account with the same verified e-mail is
 * taken over, else one is made with OIDC_DEFAULT_ROLE.
 *
 * @throws PatchbayError `forbidden` for an unverified e-mail, a domain that is not allowed, or a disabled account
 */
export async function oidcSignIn(deps: Deps, claims: unknown, origin: SessionOrigin): Promise<SignedIn> {
  const { oidc } = deps.config
  const parsed = claimsSchema.safeParse(claims)
  if (!oidc || !parsed.success)
    throw new PatchbayError('forbidden', 'The identity provider named no e-mail address.')
  const { sub, email, email_verified: verified, name } = parsed.data
  const domain = email.slice(email.lastIndexOf('@') + 1)
  if (verified === false) throw new PatchbayError('forbidden', 'This e-mail address is not verified.')
  if (oidc.allowedDomains.length > 0 && !oidc.allowedDomains.includes(domain)) {
    throw new PatchbayError('forbidden', `Accounts of ${domain} may not sign in here.`)
  }
  const subject = `${oidc.issuer} ${sub}`
  const select = { id: true, name: true, email: true, role: true, disabledAt: true } as const
  const user = await deps.db.$transaction(async (tx) => {
    const bySubject = await tx.user.findUnique({ where: { oidcSubject: subject }, select })
    if (bySubject) return bySubject
    const byEmail = await tx.user.findUnique({ where: { email }, select: { id: true, oidcSubject: true } })
    // Only an address that the provider vouches for takes over an account that was here before.
    if (byEmail) {
      if (verified !== true || byEmail.oidcSubject) {
        throw new PatchbayError('forbidden', 'Another account has this e-mail address.')
      }
      return tx.user.update({ where: { id: byEmail.id }, data: { oidcSubject: subject }, select })
    }
    const now = deps.clock.now()
    const id = newId('user', now.getTime(), deps.random.bytes(10))
    const role = oidc.defaultRole
    return tx.user.create({
      data: { id, email, name: name ?? email, role, oidcSubject: subject, createdAt: now },
      select,
    })
  })
  if (user.disabledAt) throw new PatchbayError('forbidden', 'This account is disabled.')
  const sessionId = await openSession(deps, user.id, origin)
  await auditSignIn(deps, user, sessionId)
  return { userId: user.id, sessionId, name: user.name, email: user.email }
}
