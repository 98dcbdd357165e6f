'use client'

import { type ReactNode, useId, useRef, useState } from 'react'
import { Input } from '@/components/ui/input'

/**
 * A search over the rows inside, which are drawn by the server: it hides rows in place, so that 188 checkboxes cost no
 * rendering and keep their ticks.
 */
export function ScopeFilter({ total, children }: { total: number; children: ReactNode }) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const [found, setFound] = useState<number | null>(null)
  const filter = (text: string) => {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean)
    let count = 0
    for (const group of list.current?.querySelectorAll<HTMLElement>('[data-scope-group]') ?? []) {
      let shown = 0
      for (const row of group.querySelectorAll<HTMLElement>('[data-scope-row]')) {
        const matches = words.every((word) => row.dataset.scopeRow?.includes(word))
        row.hidden = !matches
        if (matches) shown += 1
      }
      group.hidden = shown === 0
      count += shown
    }
    setFound(words.length > 0 ? count : null)
  }
  return (
    <div className="grid gap-3">
      {total > 12 ? (
        <div className="grid gap-1.5">
          <label htmlFor={id} className="font-medium">
            Find a scope
          </label>
          <Input
            id={id}
            type="search"
            placeholder="prospects, users.read …"
            autoComplete="off"
            onChange={(event) => {
              // A search changes nothing that could be lost.
              event.stopPropagation()
              filter(event.target.value)
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter') event.preventDefault()
            }}
          />
          <p role="status" className="text-ink-muted text-sm">
            {found === null ? `${total} scopes` : `${found} ${found === 1 ? 'resource' : 'resources'} found`}
          </p>
        </div>
      ) : null}
      <div ref={list} className="grid max-h-[32rem] gap-4 overflow-y-auto pr-1">
        {children}
      </div>
    </div>
  )
}
