/** When a spent refresh token dies: with the first use of the new access token, or at once. */
export type Revocation = 'first_use' | 'immediate'

export type ProviderSettings = {
  /** Every answer takes this long. */
  delayMs: number
  /** Answers of the token endpoint for these connections take so long instead. */
  delays: Record<string, number>
  revocation: Revocation
  /** More calls at once than this are turned away with 503. */
  callsMax: number | null
}

export type ProviderCounts = {
  /** Pairs given out. */
  mints: number
  byConnection: Record<string, { calls: number; mints: number }>
  /** Refresh tokens that were traded more than once. */
  spentTwice: number
  /** `invalid_grant` answered. */
  refused: number
  probes: number
  turnedAway: number
  atOnceMax: number
  /** Epoch milliseconds of the first and the last token call. */
  firstCallAt: number
  lastCallAt: number
}

export type ToProvider = { set: Partial<ProviderSettings> } | { id: number }
export type FromProvider = { url: string } | { minted: string } | { id: number; counts: ProviderCounts }
