import { type AppPace, comeBackMs, keepPace, unknownPace, waitersMax } from './app-pace'

export type GateOptions = {
  /** Calls at once to one app, over all processes. */
  callsMax: number
  /** How long a caller waits for its place. */
  patienceMs: number
  /** A clock that is never set; the process's own when left out. */
  nowMs?: () => number
}

export type GateCaller = {
  appId: string
  /** A failing connection takes half of its app's places at most: its calls are the ones that last until their deadline. */
  failing: boolean
  /** Goes on with a rotation that was let in before: comes first in line, and is let in by a closed gate too. */
  begun?: boolean
}

/** `comeBackMs`: within this a caller without a place tries again; longer the more were sent away. */
export type GateEntry = { kind: 'in'; leave(): void } | { kind: 'sent_away'; comeBackMs: number }

/**
 * Bounds the calls to one provider app that run at once, so that an app that hangs keeps no other app waiting. While its
 * calls end, callers wait in line for their place; behind an app that hangs, nobody does.
 */
export type CallGate = {
  /** `leave` gives the place back; calling it twice does nothing more. */
  enter(caller: GateCaller): Promise<GateEntry>
  /** Shares the places between this many processes. */
  setProcesses(count: number): void
  /** Lets nobody in any more but who goes on, and sends the others away that wait. */
  close(): void
}

type Waiter = { caller: GateCaller; end(entry: GateEntry): void }
/** `pace` is kept by spans of a caller's patience. */
type Door = { calls: number; failingCalls: number; line: Waiter[]; pace: AppPace }

/** Fewer places than this would make a slow provider's app late for good. */
const shareMin = 4

/** A gate of one process; each worker process has its own, and they share the places by their number. */
export function createCallGate({
  callsMax,
  patienceMs,
  nowMs = () => performance.now(),
}: GateOptions): CallGate {
  const doors = new Map<string, Door>()
  let share = callsMax
  let closed = false

  const hasPlace = (door: Door, { failing }: GateCaller) =>
    door.calls < share && (!failing || door.failingCalls < Math.ceil(share / 2))

  function doorOf(appId: string): Door {
    const door = doors.get(appId) ?? { calls: 0, failingCalls: 0, line: [], pace: unknownPace(nowMs()) }
    doors.set(appId, door)
    keepPace(door.pace, patienceMs, nowMs())
    return door
  }

  function take(door: Door, { appId, failing }: GateCaller): GateEntry {
    door.calls += 1
    if (failing) door.failingCalls += 1
    let left = false
    return {
      kind: 'in',
      leave() {
        if (left) return
        left = true
        door.calls -= 1
        if (failing) door.failingCalls -= 1
        keepPace(door.pace, patienceMs, nowMs())
        door.pace.ended += 1
        admitNext(door)
        if (door.calls === 0 && door.line.length === 0) doors.delete(appId)
      },
    }
  }

  function admitNext(door: Door): void {
    const next = door.line.find(({ caller }) => hasPlace(door, caller))
    if (!next) return
    door.line = door.line.filter((each) => each !== next)
    next.end(take(door, next.caller))
  }

  function sendAway({ pace }: Door): GateEntry {
    if (closed) return { kind: 'sent_away', comeBackMs: 0 }
    pace.sentAway += 1
    return { kind: 'sent_away', comeBackMs: comeBackMs(pace) }
  }

  function waitInLine(door: Door, caller: GateCaller): Promise<GateEntry> {
    return new Promise((resolve) => {
      const waiter: Waiter = {
        caller,
        end(entry) {
          clearTimeout(timer)
          resolve(entry)
        },
      }
      const timer = setTimeout(() => {
        door.line = door.line.filter((each) => each !== waiter)
        waiter.end(sendAway(door))
      }, patienceMs)
      if (caller.begun) door.line.unshift(waiter)
      else door.line.push(waiter)
    })
  }

  return {
    async enter(caller) {
      const door = doorOf(caller.appId)
      if (closed && !caller.begun) return sendAway(door)
      if (hasPlace(door, caller)) return take(door, caller)
      const mayWait = caller.begun || door.line.length < waitersMax(door.pace)
      return mayWait ? waitInLine(door, caller) : sendAway(door)
    },
    setProcesses(count) {
      share = Math.max(shareMin, Math.floor(callsMax / Math.max(1, count)))
    },
    close() {
      closed = true
      for (const door of doors.values()) {
        const away = door.line.filter(({ caller }) => !caller.begun)
        door.line = door.line.filter(({ caller }) => caller.begun)
        for (const waiter of away) waiter.end(sendAway(door))
      }
    },
  }
}
