/**
 * Whether somebody still waits for an answer. In place of an `AbortSignal`, of which one for each call costs more than the rest of what
 * the gateway does with it.
 */
export type Presence = {
  readonly hasGone: boolean
  /** @param listener told once, when they go; not told where they have gone already. @returns what forgets it */
  onGone(listener: () => void): () => void
}

/** Somebody who goes when the signal aborts. */
export function presenceOf(signal: AbortSignal): Presence {
  return {
    get hasGone() {
      return signal.aborted
    },
    onGone(listener) {
      signal.addEventListener('abort', listener, { once: true })
      return () => signal.removeEventListener('abort', listener)
    },
  }
}

/** A signal that aborts when they go. */
export function signalOf(presence: Presence): AbortSignal {
  if (presence.hasGone) return AbortSignal.abort()
  const leaving = new AbortController()
  presence.onGone(() => leaving.abort())
  return leaving.signal
}
