'use client'

import { createContext, type ReactNode, useContext, useEffect, useSyncExternalStore } from 'react'
import { alignTicker, readTicker, subscribeToTicker } from './ticker'

const ServerNow = createContext<number | null>(null)

/** Gives every time on the page the server's now for the first paint, so that server and browser write the same words. */
export function ClockProvider({ nowMs, children }: { nowMs: number; children: ReactNode }) {
  useEffect(() => alignTicker(nowMs), [nowMs])
  return <ServerNow value={nowMs}>{children}</ServerNow>
}

/**
 * A reading of the shared clock: the component draws anew only when the reading changes, so a list of hundreds of times costs one
 * timer and few drawings.
 *
 * @param read what is made of now (epoch milliseconds); a string, number or boolean
 */
export function useTicking<T extends string | number | boolean>(read: (nowMs: number) => T): T {
  const serverNow = useContext(ServerNow)
  if (serverNow === null) throw new Error('useTicking needs a ClockProvider above it')
  return useSyncExternalStore(
    subscribeToTicker,
    () => read(readTicker()),
    () => read(serverNow),
  )
}
