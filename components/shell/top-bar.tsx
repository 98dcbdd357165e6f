'use client'

import { Menu, X } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { NavLinks } from './nav-links'

/** The bar of narrow windows, with the areas behind a menu button. The browser opens the menu, so it works before scripts do. */
export function TopBar({
  name,
  place,
  search,
  user,
}: {
  name: ReactNode
  place: ReactNode
  search: ReactNode
  user: ReactNode
}) {
  const panel = useRef<HTMLDivElement>(null)
  const pathname = usePathname()
  const [open, setOpen] = useState(false)

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes the menu
  useEffect(() => panel.current?.hidePopover(), [pathname])
  useEffect(() => {
    const box = panel.current
    if (!box) return
    const toggled = (event: ToggleEvent) => setOpen(event.newState === 'open')
    box.addEventListener('toggle', toggled)
    return () => box.removeEventListener('toggle', toggled)
  }, [])

  return (
    <header className="sticky top-0 z-20 flex h-12 items-center justify-between gap-3 border-line border-b bg-surface px-4 lg:hidden">
      <Link href="/" aria-label="Patchbay, overview" className="flex rounded-md">
        {name}
      </Link>
      <button
        type="button"
        popoverTarget="areas-menu"
        aria-expanded={open}
        className="-mr-2 inline-flex h-9 items-center gap-2 rounded-md px-2 font-medium hover:bg-hover [&_svg]:size-4.5"
      >
        {open ? <X aria-hidden="true" /> : <Menu aria-hidden="true" />}
        Menu
      </button>
      <div
        ref={panel}
        id="areas-menu"
        popover="auto"
        className="fixed inset-x-0 top-12 bottom-auto m-0 max-h-[calc(100dvh-3rem)] w-full max-w-none overflow-y-auto border-x-0 bg-surface border-t-0 p-4"
      >
        <div className="grid gap-4">
          {place}
          {search}
          <nav aria-label="Areas">
            <NavLinks />
          </nav>
          <div className="border-line border-t pt-4">{user}</div>
        </div>
      </div>
    </header>
  )
}
