/** A process that was silent for longer does not count any more where work is shared or counted: three beats. */
export const beatAliveMs = 45_000

/** A worker that was silent for this long is taken for gone: eight beats. */
export const workersQuietMs = 120_000

/** What the beats of all processes tell of the workers. */
export type WorkerSigns = {
  /** The newest beat of any process with the role `worker`; null when there has been none. */
  lastBeatAt: Date | null
  /** Since when any process has been there to notice; null when none has told yet. */
  watchedSince: Date | null
}

/**
 * Whether nobody renews tokens.
 *
 * @returns since when, `null` while a worker is alive or it is too early to tell
 */
export function workersStoppedSince({ lastBeatAt, watchedSince }: WorkerSigns, now: Date): Date | null {
  const lastSign = lastBeatAt ?? watchedSince
  if (lastSign === null) return null
  return now.getTime() - lastSign.getTime() > workersQuietMs ? lastSign : null
}
