/** A live access token of one connection. */
export type Token = {
  accessToken: string
  /** When it ends; `null`: the provider has not told. */
  expiresAt: Date | null
  /** Grows with each new pair. */
  generation: number
  /** Base of the provider's API for this account. */
  apiBaseUrl: string
}

export type ReadToken = {
  token: Token
  etag: string | null
  /** Seconds that it lives from now, as Patchbay's clock has it. */
  expiresInS: number | null
}

export type TokenReader = (connectionId: string, etag: string | null) => Promise<ReadToken | 'unchanged'>

type Kept = ReadToken & { askAgainMs: number; endsMs: number }

/** How long a token without a known end, or one that Patchbay calls good still, is used without asking again. */
const trustedMs = 10_000

/**
 * Keeps tokens in memory until `minTtlMs` before they end. Callers at the same time share one reading. A token that ends soon is
 * asked about with its ETag, so that one which is still the newest is not sent again.
 */
export class TokenCache {
  readonly #kept = new Map<string, Kept>()
  readonly #reading = new Map<string, Promise<Token>>()

  constructor(
    private readonly read: TokenReader,
    private readonly minTtlMs: number,
    private readonly nowMs: () => number,
  ) {}

  get(connectionId: string): Promise<Token> {
    const kept = this.#kept.get(connectionId)
    if (kept && this.nowMs() < kept.askAgainMs) return Promise.resolve(kept.token)
    const running = this.#reading.get(connectionId)
    if (running) return running
    const isCurrent = () => this.#reading.get(connectionId) === reading
    const reading = this.#load(connectionId, kept ?? null)
      .then((read) => {
        // What was forgotten meanwhile stays so.
        if (isCurrent()) this.#kept.set(connectionId, read)
        return read.token
      })
      .finally(() => {
        if (isCurrent()) this.#reading.delete(connectionId)
      })
    this.#reading.set(connectionId, reading)
    return reading
  }

  /** The next call asks Patchbay, whatever is being read now. */
  forget(connectionId: string): void {
    this.#kept.delete(connectionId)
    this.#reading.delete(connectionId)
  }

  async #load(connectionId: string, kept: Kept | null): Promise<Kept> {
    const usable = kept !== null && this.nowMs() < kept.endsMs
    const answer = await this.read(connectionId, usable ? kept.etag : null)
    const nowMs = this.nowMs()
    if (answer === 'unchanged') {
      if (!kept) throw new Error('Patchbay called a token unchanged that was never read.')
      return { ...kept, askAgainMs: Math.min(nowMs + trustedMs, kept.endsMs) }
    }
    const endsMs = answer.expiresInS === null ? Number.POSITIVE_INFINITY : nowMs + answer.expiresInS * 1000
    const askAgainMs =
      answer.expiresInS === null
        ? nowMs + trustedMs
        : Math.max(endsMs - this.minTtlMs, Math.min(nowMs + trustedMs, endsMs))
    return { ...answer, endsMs, askAgainMs }
  }
}
