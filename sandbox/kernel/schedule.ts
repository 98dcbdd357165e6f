import type { Clock } from './clock'

/** Work for later by the sandbox's clock: a jump of the clock makes due what it passed over. */
export type Schedule = {
  after(delayMs: number, task: () => Promise<void> | void): void
  /** Resolves when every task that is due has run. */
  idle(): Promise<void>
  pending(): number
  clear(): void
}

type Entry = { readonly dueMs: number; readonly task: () => Promise<void> | void }

/** A schedule whose failing tasks are reported to `failed` and never end the process. */
export function createSchedule(clock: Clock, failed: (error: unknown) => void): Schedule {
  let entries: Entry[] = []
  let timer: NodeJS.Timeout | undefined
  let running: Promise<unknown> = Promise.resolve()

  const runDue = () => {
    const due = entries.filter((entry) => entry.dueMs <= clock.nowMs()).sort((a, b) => a.dueMs - b.dueMs)
    entries = entries.filter((entry) => !due.includes(entry))
    for (const { task } of due) {
      const run = Promise.resolve().then(task).catch(failed)
      running = Promise.all([running, run])
    }
    arm()
  }
  const arm = () => {
    clearTimeout(timer)
    timer = undefined
    const next = entries.reduce((least, entry) => Math.min(least, entry.dueMs), Number.POSITIVE_INFINITY)
    if (next === Number.POSITIVE_INFINITY) return
    timer = setTimeout(runDue, Math.min(Math.max(0, next - clock.nowMs()), 2 ** 31 - 1))
    timer.unref()
  }
  clock.onAdvance(runDue)

  return {
    after(delayMs, task) {
      entries.push({ dueMs: clock.nowMs() + delayMs, task })
      if (delayMs <= 0) runDue()
      else arm()
    },
    async idle() {
      for (let seen: unknown; seen !== running; ) {
        seen = running
        await running
      }
    },
    pending: () => entries.length,
    clear() {
      entries = []
      arm()
    },
  }
}
