'use client'

import { Search } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { Kbd } from '../ui/kbd'
import { showPalette } from './palette-store'

const never = () => () => {}

/** Opens the palette by hand, and tells its keys. */
export function PaletteButton() {
  const apple = useSyncExternalStore(
    never,
    () => /Mac|iPhone|iPad/.test(navigator.userAgent),
    () => false,
  )
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-keyshortcuts="Control+K Meta+K"
      onClick={() => showPalette('commands')}
      className="flex h-9 w-full items-center gap-2 rounded-md border border-line bg-canvas px-2.5 text-ink-muted transition-colors hover:border-line-strong hover:text-ink lg:h-8"
    >
      <Search aria-hidden="true" className="size-4 text-ink-faint" />
      <span className="flex-1 text-left">Find or do</span>
      <span className="flex gap-1" aria-hidden="true">
        <Kbd>{apple ? '⌘' : 'Ctrl'}</Kbd>
        <Kbd>K</Kbd>
      </span>
    </button>
  )
}
