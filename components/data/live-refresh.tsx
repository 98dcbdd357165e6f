'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import type { LiveEvent } from '@/lib/core/live-event'

const quietMs = 300
const waitMaxMs = 2_000

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
  const topicKey = topics.join(' ')
  const idKey = ids?.join(' ')

  useEffect(() => {
    const wantedTopics = new Set<string>(topicKey.split(' '))
    const wantedIds = idKey === undefined ? null : new Set(idKey.split(' '))
    let stream: EventSource | null = null
    let timer: ReturnType<typeof setTimeout> | undefined
    let waitingSince: number | null = null
    let missed = false

    const refresh = () => {
      waitingSince = null
      router.refresh()
    }
    const plan = (at: number) => {
      waitingSince ??= at
      clearTimeout(timer)
      timer = setTimeout(refresh, Math.max(0, Math.min(quietMs, waitingSince + waitMaxMs - at)))
    }
    const heard = (message: MessageEvent<string>) => {
      const event = readEvent(message.data)
      if (!event) return
      // `*`: the server missed events for a while, so anything may have changed.
      const wanted = wantedTopics.has(event.topic) && (!wantedIds || wantedIds.has(event.id))
      if (wanted || event.id === '*') plan(message.timeStamp)
    }
    const listen = () => {
      stream = new EventSource('/api/events')
      stream.onmessage = heard
      stream.onerror = () => {
        missed = true
      }
      stream.onopen = () => {
        // Whatever happened while nobody listened is caught by one reading.
        if (missed) refresh()
        missed = false
      }
    }
    const turn = () => {
      if (document.visibilityState === 'hidden') {
        stream?.close()
        stream = null
        missed = true
      } else if (!stream) listen()
    }

    turn()
    document.addEventListener('visibilitychange', turn)
    return () => {
      document.removeEventListener('visibilitychange', turn)
      clearTimeout(timer)
      stream?.close()
    }
  }, [topicKey, idKey, router])

  return null
}

/** Our own server's words, so a plain look is enough; the schema would bring all of zod into the browser. */
function readEvent(text: string): (Pick<LiveEvent, 'id'> & { topic: string }) | null {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || !('topic' in value) || !('id' in value)) return null
    return typeof value.topic === 'string' && typeof value.id === 'string'
      ? { topic: value.topic, id: value.id }
      : null
  } catch {
    return null
  }
}
