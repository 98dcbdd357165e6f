import { writeAudit } from '../audit/write-audit'
import { newId } from '../core/ids'
import { providerNames } from '../core/provider'
import type { Tx } from '../db/client'
import type { Deps } from '../deps'
import { announce } from '../notifications/announce'
import type { FailureWords } from '../providers/contract'
import { countRefusals, isTrouble } from './count-refusals'
import type { RotationState } from './rotation-state'
import { type ProviderHost, takeBackVerdicts } from './take-back-verdicts'

/** Refusals and successes are compared over this long. */
const windowMs = 5 * 60_000
/** While a provider is in trouble, one connection is let through this often to see whether it is over. */
export const troubleRetryMs = 30_000

export type Trouble = { id: string; beganAt: Date; isNew: boolean }

export const patchbay = { kind: 'system', name: 'Patchbay' } as const

/** The one open row of a provider's host. */
function openKey({ provider, baseUrl }: ProviderHost): string {
  return `${provider} ${baseUrl}`
}

/**
 * The trouble of a connection's provider: the one that lasts, or one that this refusal shows. Told and audited once; verdicts
 * of the last minutes that no person asked for are taken back with it.
 *
 * @param tx a transaction in which the journal has the refusal already
 */
export async function troubleAt(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'random'>,
  state: Pick<RotationState, 'provider' | 'app'>,
  failure: FailureWords,
): Promise<Trouble | null> {
  const host = { provider: state.provider, baseUrl: state.app.baseUrl }
  const lasting = await openTrouble(tx, host)
  if (lasting) return { ...lasting, isNew: false }
  const now = deps.clock.now()
  const counts = await countRefusals(tx, host, new Date(now.getTime() - windowMs))
  if (!isTrouble(counts)) return null
  const { refused } = counts
  const id = newId('trouble', now.getTime(), deps.random.bytes(10))
  // Whoever notices it at the same time waits here for the first one's commit.
  const made = await tx.providerTrouble.createMany({
    data: {
      id,
      ...host,
      openKey: openKey(host),
      beganAt: now,
      retryAt: new Date(now.getTime() + troubleRetryMs),
      refused,
      code: failure.code,
      words: failure.words,
    },
    skipDuplicates: true,
  })
  if (made.count === 0) {
    const other = await openTrouble(tx, host)
    return other && { ...other, isNew: false }
  }
  const takenBack = await takeBackVerdicts(tx, deps, host, new Date(now.getTime() - windowMs))
  const name = providerNames[host.provider]
  await writeAudit(tx, deps, patchbay, {
    action: 'provider.trouble_began',
    subject: { kind: 'setting', id, name },
    detail: { host: host.baseUrl, refused, takenBack, code: failure.code, words: failure.words },
  })
  await announce(tx, deps, {
    kind: 'provider.trouble',
    dedupeKey: `provider.trouble:${id}`,
    subject: { kind: 'provider', id, name },
    detail: {
      provider: host.provider,
      host: host.baseUrl,
      refused,
      code: failure.code,
      words: failure.words,
    },
  })
  return { id, beganAt: now, isNew: true }
}

export function openTrouble(
  db: Pick<Tx, 'providerTrouble'>,
  host: ProviderHost,
): Promise<{ id: string; beganAt: Date } | null> {
  return db.providerTrouble.findUnique({
    where: { openKey: openKey(host) },
    select: { id: true, beganAt: true },
  })
}
