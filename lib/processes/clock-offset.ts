/** A slower answer tells too little of when the database looked at its clock. */
const roundTripMaxMs = 1_000
/** Clocks that are kept by NTP differ by less; correcting that would be noise. */
const toleratedMs = 500

export type ClockReading = {
  /** Before the statement was sent and after its answer came, both by this process's own clock. */
  sentAt: Date
  receivedAt: Date
  databaseAt: Date
}

/**
 * How far the database's clock is ahead of this process's, in milliseconds: the answer is taken to have been half the round
 * trip under way (RFC 5905, section 8).
 *
 * @returns 0 for clocks that agree; `null` when the reading tells nothing, so that the last one stands
 */
export function clockOffset({ sentAt, receivedAt, databaseAt }: ClockReading): number | null {
  const roundTripMs = receivedAt.getTime() - sentAt.getTime()
  // Below zero: this process's clock was set back meanwhile.
  if (roundTripMs < 0 || roundTripMs > roundTripMaxMs) return null
  const offsetMs = Math.round(databaseAt.getTime() - (sentAt.getTime() + roundTripMs / 2))
  return Math.abs(offsetMs) > toleratedMs ? offsetMs : 0
}
