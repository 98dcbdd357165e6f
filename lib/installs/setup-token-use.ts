import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Secret } from '../core/secret'
import type { Deps } from '../deps'

/** A validation that has not ended by then belongs to a process that died. */
const abandonedMs = 60_000
const pollMs = 200
/** A setup token is good for 15 minutes; after this long nobody reloads its page. */
const keptMs = 7 * 24 * 60 * 60 * 1000

export type TokenUse =
  | { kind: 'unseen' }
  /** Its validation runs, in this process or another. */
  | { kind: 'running'; firstAt: Date }
  | { kind: 'landed'; installId: string; firstAt: Date }
  | { kind: 'refused'; code: string }
  /** It landed at another app's URL first. */
  | { kind: 'foreign' }

type Place = { tokenHash: string; appId: string }

/** SHA-256: setup tokens are random, so their hash neither finds nor needs salt. */
export function setupTokenHash(setupToken: Secret): string {
  return createHash('sha256').update(setupToken.reveal()).digest('hex')
}

/** What became of this token value before. */
export async function readTokenUse(deps: Pick<Deps, 'db'>, { tokenHash, appId }: Place): Promise<TokenUse> {
  const row = await deps.db.setupTokenUse.findUnique({ where: { tokenHash } })
  if (!row) return { kind: 'unseen' }
  if (row.appId !== appId) return { kind: 'foreign' }
  if (row.installId) return { kind: 'landed', installId: row.installId, firstAt: row.firstAt }
  if (row.failure) return { kind: 'refused', code: row.failure }
  return { kind: 'running', firstAt: row.firstAt }
}

/** Takes the right to validate this token value, once; a validation that died is taken over. */
export async function claimToken(deps: Pick<Deps, 'db' | 'clock'>, place: Place): Promise<boolean> {
  const now = deps.clock.now()
  const created = await deps.db.setupTokenUse.createMany({
    data: [{ ...place, firstAt: now }],
    skipDuplicates: true,
  })
  if (created.count === 1) {
    await deps.db.setupTokenUse.deleteMany({ where: { firstAt: { lt: new Date(now.getTime() - keptMs) } } })
    return true
  }
  const taken = await deps.db.setupTokenUse.updateMany({
    where: {
      ...place,
      installId: null,
      failure: null,
      firstAt: { lt: new Date(now.getTime() - abandonedMs) },
    },
    data: { firstAt: now },
  })
  return taken.count === 1
}

/** Waits for the answer that another request for the same token is getting; `running` when it does not come in time. */
export async function awaitTokenUse(deps: Pick<Deps, 'db'>, place: Place, waitMs: number): Promise<TokenUse> {
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    const use = await readTokenUse(deps, place)
    if (use.kind !== 'running' || waitedMs >= waitMs) return use
    await pause(pollMs)
  }
}

/** Keeps the answer for every reload. */
export async function keepTokenUse(
  deps: Pick<Deps, 'db'>,
  tokenHash: string,
  answer: { installId: string } | { failure: string },
): Promise<void> {
  await deps.db.setupTokenUse.updateMany({ where: { tokenHash }, data: answer })
}

/** Forgets a validation that led to no answer, so that a reload may try again. */
export async function forgetTokenUse(deps: Pick<Deps, 'db'>, tokenHash: string): Promise<void> {
  await deps.db.setupTokenUse.deleteMany({ where: { tokenHash, installId: null, failure: null } })
}
