/**
 * Listens for SIGINT, SIGTERM and SIGHUP. The first one aborts `requested`; later ones are told that the stop is under way
 * and change nothing: terminals and npm deliver one Ctrl-C twice.
 */
export function listenForStop(say: (words: string) => void): {
  requested: AbortSignal
  request(why: string): void
} {
  const controller = new AbortController()
  const request = (why: string) => {
    if (controller.signal.aborted) return
    say(`Stopping (${why}): what runs is finished first.`)
    controller.abort(why)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, request)
  return { requested: controller.signal, request }
}

/** Resolves when a stop is requested. */
export function untilStop(requested: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (requested.aborted) resolve()
    else requested.addEventListener('abort', () => resolve(), { once: true })
  })
}
