'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import type { LiveEvent } from '@/lib/core/live-event'
import { listenToLive } from './live-stream'

/**
 * Reads the page again when something of these topics changes. Events that come close together make one reading, at the latest after two
 * seconds. A hidden tab holds no stream; on its return it reads the page once and listens again.
 *
 * @param props.ids only changes of these records; all when left out
 */
export function LiveRefresh({
  topics,
  ids,
}: {
  topics: readonly LiveEvent['topic'][]
  ids?: readonly string[]
}) {
  const router = useRouter()
  // Lists are made anew with each drawing; what they say is compared.
  const wanted = JSON.stringify({ topics, ids: ids ?? null })
  useEffect(() => {
    const { topics, ids }: Pick<Parameters<typeof listenToLive>[0], 'topics' | 'ids'> = JSON.parse(wanted)
    return listenToLive({ topics, ids, refresh: () => router.refresh() })
  }, [wanted, router])
  return null
}
