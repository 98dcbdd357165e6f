/** How one try of a delivery ended. `words` are fit for a page and hold no secret. */
export type DeliveryOutcome =
  | { kind: 'sent'; status: number | null; words: string | null }
  /** Worth another try. `retryAfterMs` is what the receiver asked for; `answered`: something is there. */
  | { kind: 'failed'; status: number | null; words: string; retryAfterMs: number | null; answered: boolean }
  /** The receiver says that it is no more: its channel is paused. */
  | { kind: 'gone'; status: number; words: string }
