/** One call, or one that the gateway refused by itself (`held`), for the figures of the pages. */
export type UsedCall = {
  bucket: string
  connectionId: string
  /** `null`: Patchbay itself, or a person who tries a call. */
  apiKeyId: string | null
  method: string
  /** Path at the provider, without its query. */
  path: string
  /**
   * The provider's status; `null` when no answer came, it broke off, or its caller went before it began; `held` when the gateway answered
   * 429 without calling.
   */
  result: number | null | 'held'
  durationMs: number
  bytesUp: number
  bytesDown: number
}

/** Adds calls up by minute and writes them in batches (table `usage_minute`). */
export type UsageBook = {
  add(call: UsedCall): void
  /** Writes what is gathered. */
  flush(): Promise<void>
  close(): Promise<void>
}
