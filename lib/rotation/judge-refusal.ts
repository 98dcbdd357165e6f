import type { RotationCause } from './journal'

/** A refusal that no person asked for is believed when the provider repeats it after this. */
export const secondAskMs = 2 * 60_000

/** So long a provider in trouble is not believed; after that its grants may have been revoked indeed. */
export const troubleBelievedAfterMs = 60 * 60_000

/** Causes that a person stands behind. */
const personal: readonly RotationCause[] = ['refresh_now', 'check_again', 'disconnect']

export function isPersonal(cause: RotationCause): boolean {
  return personal.includes(cause)
}

/** Refusals that are no word of the provider's: nothing is to be waited for. */
export const ownRefusals = ['no_refresh_token', 'refresh_token_expired'] as const

/** Outreach's weekly end of grants of development credentials: expected, and final. */
export const lapsedGrant = 'development_grant_lapsed'

export type RefusalFacts = {
  cause: RotationCause
  code: string
  /** When the provider is to be asked for the second time, where it has refused once. */
  verdictAt: Date | null
  /** Since when the provider's host refuses many grants at once. */
  troubleSince: Date | null
}

export type Judgement = { kind: 'believed' } | { kind: 'doubted'; askAgainAt: Date }

/** Whether a terminal refusal ends the grant now, or the provider is asked once more first. */
export function judgeRefusal(facts: RefusalFacts, nowMs: number): Judgement {
  const { cause, code, verdictAt, troubleSince } = facts
  if (ownRefusals.some((own) => own === code)) return { kind: 'believed' }
  const inTrouble = troubleSince !== null && nowMs - troubleSince.getTime() < troubleBelievedAfterMs
  if (inTrouble) return { kind: 'doubted', askAgainAt: new Date(nowMs + secondAskMs) }
  if (isPersonal(cause) || code === lapsedGrant) return { kind: 'believed' }
  if (verdictAt === null) return { kind: 'doubted', askAgainAt: new Date(nowMs + secondAskMs) }
  return verdictAt.getTime() <= nowMs ? { kind: 'believed' } : { kind: 'doubted', askAgainAt: verdictAt }
}

/** A provider's refusal in words, while it is not believed. */
export function doubtWords(words: string, askAgainAt: Date, isTrouble: boolean): string {
  const at = `${askAgainAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  return isTrouble
    ? `The provider refuses many grants at once, so this refusal is not believed; the next try is at ${at}. It said: ${words}`
    : `The provider refused the grant. It is asked once more at ${at} before that is believed. It said: ${words}`
}
