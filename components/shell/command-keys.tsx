'use client'

import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { readPalette, showPalette, subscribeToPalette } from './palette-store'
import { readShortcut } from './shortcut-keys'

const CommandPalette = dynamic(() => import('./command-palette').then((module) => module.CommandPalette), {
  ssr: false,
})

/** Listens for the shortcuts; the palette itself is fetched when it is first opened. Once per page, in the dashboard layout. */
export function CommandKeys() {
  const router = useRouter()
  const view = useSyncExternalStore(subscribeToPalette, readPalette, () => null)
  const [wanted, setWanted] = useState(false)
  if (view !== null && !wanted) setWanted(true)

  useEffect(() => {
    let leaderAtMs: number | null = null
    const pressed = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : null
      const shortcut = readShortcut(
        {
          key: event.key,
          ctrl: event.ctrlKey,
          meta: event.metaKey,
          alt: event.altKey,
          typing: Boolean(
            target?.closest('input, textarea, select, [contenteditable], dialog, [role="menu"]'),
          ),
          atMs: event.timeStamp,
        },
        leaderAtMs,
      )
      leaderAtMs = shortcut?.kind === 'leader' ? event.timeStamp : null
      if (shortcut === null || shortcut.kind === 'leader') return
      if (shortcut.kind === 'search') {
        const field = document.querySelector<HTMLInputElement>('[data-search-shortcut]')
        if (!field) return
        event.preventDefault()
        return field.focus()
      }
      event.preventDefault()
      if (shortcut.kind === 'go') return router.push(shortcut.href)
      showPalette(
        shortcut.kind === 'palette' ? (readPalette() === 'commands' ? null : 'commands') : 'shortcuts',
      )
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [router])

  return wanted ? <CommandPalette view={view} /> : null
}
