export type GateOptions = {
  /** Calls at once to one app, over all processes. */
  callsMax: number
  /** Callers of one provider that call or wait in this process. */
  providerMax: number
  /** How long a caller waits for its place. */
  patienceMs: number
}

export type GateCaller = {
  appId: string
  provider: string
  /** A failing connection takes half of its app's places at most: its calls are the ones that last until their deadline. */
  failing: boolean
}

/**
 * Bounds the rotations of one provider app that run at once, so that none of them keeps others waiting: not another app of the
 * same provider, and not another provider.
 */
export type CallGate = {
  /** @returns what gives the place back, or `null` when there was none in time */
  enter(caller: GateCaller): Promise<(() => void) | null>
  /** Shares the places between this many processes. */
  setProcesses(count: number): void
  /** Lets nobody in any more, and sends those who wait away. */
  close(): void
  readonly closed: boolean
}

type Waiter = { failing: boolean; end(leave: (() => void) | null): void }
type Door = { calls: number; failingCalls: number; line: Waiter[]; pace: Pace }
/** Calls that ended in this span of a caller's patience, and in the one before. */
type Pace = { sinceMs: number; ended: number; endedBefore: number }

/** Fewer places than this would make a slow provider's app late for good. */
const shareMin = 4
/** Who waits holds a slot that another app may need. */
const lineMax = 150

export function createCallGate({ callsMax, providerMax, patienceMs }: GateOptions): CallGate {
  const doors = new Map<string, Door>()
  const crowds = new Map<string, number>()
  let share = callsMax
  let closed = false

  const hasPlace = (door: Door, failing: boolean) =>
    door.calls < share && (!failing || door.failingCalls < Math.ceil(share / 2))

  function crowd(provider: string, change: number): void {
    crowds.set(provider, (crowds.get(provider) ?? 0) + change)
  }

  function doorOf(appId: string): Door {
    const pace = { sinceMs: performance.now(), ended: 0, endedBefore: callsMax }
    const door = doors.get(appId) ?? { calls: 0, failingCalls: 0, line: [], pace }
    doors.set(appId, door)
    return door
  }

  function take(door: Door, { appId, provider, failing }: GateCaller): () => void {
    door.calls += 1
    if (failing) door.failingCalls += 1
    let left = false
    return () => {
      if (left) return
      left = true
      door.calls -= 1
      if (failing) door.failingCalls -= 1
      keepPace(door.pace)
      door.pace.ended += 1
      crowd(provider, -1)
      admit(door, appId, provider)
      if (door.calls === 0 && door.line.length === 0) doors.delete(appId)
    }
  }

  function admit(door: Door, appId: string, provider: string): void {
    const next = door.line.find(({ failing }) => hasPlace(door, failing))
    if (!next) return
    door.line.splice(door.line.indexOf(next), 1)
    next.end(take(door, { appId, provider, failing: next.failing }))
  }

  function keepPace(pace: Pace): void {
    const nowMs = performance.now()
    if (nowMs - pace.sinceMs < patienceMs) return
    pace.endedBefore = nowMs - pace.sinceMs < 2 * patienceMs ? pace.ended : 0
    pace.ended = 0
    pace.sinceMs = nowMs
  }

  /** As many as the app takes in the time that they would wait: behind one that hangs, nobody. */
  function mayWait({ line, pace }: Door): boolean {
    keepPace(pace)
    return line.length < Math.min(lineMax, Math.max(pace.ended, pace.endedBefore))
  }

  return {
    get closed() {
      return closed
    },
    enter(caller) {
      const door = doorOf(caller.appId)
      const isCrowded = (crowds.get(caller.provider) ?? 0) >= providerMax
      const isFree = hasPlace(door, caller.failing)
      if (closed || isCrowded || !(isFree || mayWait(door))) return Promise.resolve(null)
      crowd(caller.provider, 1)
      if (isFree) return Promise.resolve(take(door, caller))
      return new Promise((resolve) => {
        const waiter: Waiter = {
          failing: caller.failing,
          end(leave) {
            clearTimeout(timer)
            if (!leave) crowd(caller.provider, -1)
            resolve(leave)
          },
        }
        const timer = setTimeout(() => {
          door.line.splice(door.line.indexOf(waiter), 1)
          waiter.end(null)
        }, patienceMs)
        door.line.push(waiter)
      })
    },
    setProcesses(count) {
      share = Math.max(shareMin, Math.floor(callsMax / Math.max(1, count)))
    },
    close() {
      closed = true
      for (const door of doors.values()) for (const waiter of door.line.splice(0)) waiter.end(null)
    },
  }
}
