import { createHash } from 'node:crypto'
import { PatchbayError } from '../core/errors'
import { Secret } from '../core/secret'
import type { Deps } from '../deps'
import { makeOwner } from './create-owner'
import { passwordLengthMax } from './password'

const linkTtlMs = 24 * 60 * 60 * 1000

/**
 * While nobody is here: makes the first owner from ADMIN_EMAIL and ADMIN_PASSWORD, or a new one-time link (the older ones end).
 *
 * @returns the link to print, `null` when it is not needed
 * @throws PatchbayError `invalid_input` for an ADMIN_PASSWORD that sign-in would not take
 */
export async function firstRun(deps: Deps): Promise<{ link: string | null }> {
  const { admin, appUrl } = deps.config
  if (await hasPeople(deps)) return { link: null }
  if (admin) {
    if (admin.password.reveal().length > passwordLengthMax) {
      throw new PatchbayError(
        'invalid_input',
        `ADMIN_PASSWORD may have ${passwordLengthMax} characters at most.`,
      )
    }
    await makeOwner(deps, { name: admin.email, email: admin.email, password: admin.password })
    return { link: null }
  }
  const token = Secret.of(Buffer.from(deps.random.bytes(32)).toString('base64url'))
  const now = deps.clock.now()
  await deps.db.$transaction([
    deps.db.setupLink.deleteMany({ where: { usedAt: null } }),
    deps.db.setupLink.create({
      data: {
        tokenHash: hashSetupToken(token),
        createdAt: now,
        expiresAt: new Date(now.getTime() + linkTtlMs),
      },
    }),
  ])
  return { link: `${appUrl.origin}/welcome/start?token=${token.reveal()}` }
}

export async function hasPeople(deps: Pick<Deps, 'db'>): Promise<boolean> {
  return (await deps.db.user.count({ take: 1 })) > 0
}

/** Whether the link of this token may still make the first owner. */
export async function isSetupTokenGood(deps: Pick<Deps, 'clock' | 'db'>, token: Secret): Promise<boolean> {
  const link = await deps.db.setupLink.findFirst({
    where: { tokenHash: hashSetupToken(token), usedAt: null, expiresAt: { gt: deps.clock.now() } },
    select: { tokenHash: true },
  })
  return link !== null && !(await hasPeople(deps))
}

/** The token has 256 random bits, so a plain digest is enough. */
export function hashSetupToken(token: Secret): string {
  return createHash('sha256').update(token.reveal()).digest('hex')
}
