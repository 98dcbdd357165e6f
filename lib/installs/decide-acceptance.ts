/** An open press of Connect that an install may answer. */
export type OpenPress = {
  flowId: string
  userId: string
  userName: string
  /** Set by Reconnect: only that connection's install answers it. */
  connectionId: string | null
}

export type AcceptanceFacts = {
  /** The admin who brought the install himself: by landing signed in, or by pasting its id. */
  adminId: string | null
  /** What Patchbay knows of the same company's connection to the same app. */
  before: 'live' | 'ended_by_provider' | 'none'
  /** The connection the install belongs to, where it has one. */
  connectionId: string | null
  /** Presses for this app, still open, not older than `pressLifeMs`, of people who may connect. */
  presses: readonly OpenPress[]
  /** Installs of this app that wait, this one not counted. */
  otherWaiting: number
}

export type Acceptance =
  | { kind: 'accept'; because: 'admin' | 'renewal' | 'reinstalled' | 'press'; answers: readonly OpenPress[] }
  | { kind: 'wait' }

/** How long a press speaks for an install that arrives. */
export const pressLifeMs = 30 * 60_000

/**
 * Whether an install that the provider has proven becomes a connection at once (design 2C). Anybody can install a published
 * app, so it takes an admin's own act: he brought it, he had accepted the company before, or he is the only one waiting for
 * an install of this app and no other install could be the one he means. Several presses of one person are one wish.
 *
 * @returns with `accept`, the presses that are answered by it: none of them may speak for the next install
 */
export function decideAcceptance(facts: AcceptanceFacts): Acceptance {
  const fitting = facts.presses.filter(
    (press) => press.connectionId === null || press.connectionId === facts.connectionId,
  )
  const pressers = new Set(fitting.map((press) => press.userId))
  const sole = pressers.size === 1 ? fitting : []
  if (facts.adminId !== null) {
    return {
      kind: 'accept',
      because: 'admin',
      answers: fitting.filter((press) => press.userId === facts.adminId),
    }
  }
  if (facts.before === 'live') return { kind: 'accept', because: 'renewal', answers: sole }
  if (facts.before === 'ended_by_provider') return { kind: 'accept', because: 'reinstalled', answers: sole }
  if (sole.length > 0 && facts.otherWaiting === 0) return { kind: 'accept', because: 'press', answers: sole }
  return { kind: 'wait' }
}
