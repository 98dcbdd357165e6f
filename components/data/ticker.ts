/**
 * The one clock of a page: a single timer tells every timestamp and countdown, and stands still in hidden tabs. It is the browser's
 * edge, so it reads the browser's clock; `alignTicker` corrects that clock by the server's where they differ.
 */
const listeners = new Set<() => void>()
const skewToleratedMs = 30_000
let skewMs = 0
let timer: ReturnType<typeof setInterval> | undefined

function tell(): void {
  for (const listener of listeners) listener()
}

function run(): void {
  clearInterval(timer)
  timer = undefined
  if (listeners.size > 0 && document.visibilityState === 'visible') {
    tell()
    timer = setInterval(tell, 1_000)
  }
}

/** Epoch milliseconds, by the server's clock. */
export function readTicker(): number {
  return Date.now() + skewMs
}

/** Told once by the page with the server's time: a browser clock that is more than half a minute off is corrected. */
export function alignTicker(serverNowMs: number): void {
  const difference = serverNowMs - Date.now()
  skewMs = Math.abs(difference) > skewToleratedMs ? difference : 0
}

export function subscribeToTicker(listener: () => void): () => void {
  if (listeners.size === 0) document.addEventListener('visibilitychange', run)
  listeners.add(listener)
  if (!timer) run()
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
    document.removeEventListener('visibilitychange', run)
  }
}
