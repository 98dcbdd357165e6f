'use client'

import { Plus, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'
import type { ReachableConnection } from '@/lib/server'
import { findConnectionsAction } from '../actions'
import { type Found, searchWords, shownMax } from './found-connections'
import type { NamedProvider } from './reach-fields'

const pauseMs = 200

/** A search for connections, and those that were chosen. */
export function ConnectionPicker({ providers }: { providers: readonly NamedProvider[] }) {
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<readonly ReachableConnection[]>([])
  const found = useConnections(text)
  const open = typeof found === 'string' ? [] : found.connections.filter((one) => !isAmong(chosen, one))
  const detailOf = (one: ReachableConnection) =>
    [providers.find(({ id }) => id === one.provider)?.name, one.detail].filter(Boolean).join(' · ')
  return (
    <div className="grid gap-3 pl-3">
      {chosen.length > 0 ? (
        <ul aria-label="Chosen connections" className="grid gap-1">
          {chosen.map((one) => (
            <li key={one.id} className="flex items-center gap-2 rounded-md border border-line px-3 py-1.5">
              <input type="hidden" name="connection" value={one.id} />
              <Named name={one.name} detail={detailOf(one)} />
              <IconButton
                label={`Leave out ${one.name}`}
                icon={<X aria-hidden="true" />}
                onClick={() => setChosen(chosen.filter(({ id }) => id !== one.id))}
              />
            </li>
          ))}
        </ul>
      ) : null}
      <Input
        type="search"
        aria-label="Search connections"
        placeholder="Name, e-mail, org or id"
        value={text}
        autoComplete="off"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          // Enter would send the whole form.
          if (event.key === 'Enter') event.preventDefault()
        }}
      />
      <p role="status" className="text-ink-muted text-sm empty:hidden">
        {searchWords(found, open.length)}
      </p>
      {open.length > 0 ? (
        <ul aria-label="Connections found" className="grid gap-1">
          {open.slice(0, shownMax).map((one) => (
            <li key={one.id} className="flex items-center gap-2 px-3 py-0.5">
              <Named name={one.name} detail={detailOf(one)} />
              <Button
                size="sm"
                icon={<Plus aria-hidden="true" />}
                onClick={() => setChosen([...chosen, one])}
              >
                Add<span className="sr-only"> {one.name}</span>
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

function Named({ name, detail }: { name: string; detail: string }) {
  return (
    <span className="grid min-w-0 flex-1">
      <span className="truncate">{name}</span>
      <span className="truncate text-ink-muted text-sm">{detail}</span>
    </span>
  )
}

const isAmong = (chosen: readonly ReachableConnection[], { id }: ReachableConnection) =>
  chosen.some((one) => one.id === id)

/** What a search finds, a moment after the last key. */
function useConnections(text: string): Found {
  const [found, setFound] = useState<Found>('searching')
  useEffect(() => {
    let wanted = true
    setFound('searching')
    const timer = setTimeout(async () => {
      const next = await findConnectionsAction(text).catch(() => null)
      if (wanted) setFound(next ?? 'failed')
    }, pauseMs)
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [text])
  return found
}
