'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

const graceMs = 1_000

/** Reads the page again once an instant has passed: for what changes by time alone, without an event. */
export function RefreshAt({ at, nowMs }: { at: Date; nowMs: number }) {
  const router = useRouter()
  const waitMs = Math.max(0, at.getTime() - nowMs) + graceMs
  useEffect(() => {
    const timer = setTimeout(() => router.refresh(), waitMs)
    return () => clearTimeout(timer)
  }, [waitMs, router])
  return null
}
