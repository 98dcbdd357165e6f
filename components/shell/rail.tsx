import Link from 'next/link'
import type { ReactNode } from 'react'
import { NavLinks } from './nav-links'
import { ProductName } from './product-name'

/** The left rail of wide windows: product and place at the top, the seven areas, the user at the bottom. */
export function Rail({ place, search, user }: { place: ReactNode; search: ReactNode; user: ReactNode }) {
  return (
    <header className="sticky top-0 hidden h-dvh w-60 shrink-0 flex-col gap-4 overflow-y-auto border-line border-r bg-surface p-3 lg:flex">
      <div className="grid gap-2 px-1 pt-1">
        <Link href="/" className="w-fit rounded-md" aria-label="Patchbay, overview">
          <ProductName />
        </Link>
        {place}
      </div>
      {search}
      <nav aria-label="Areas" className="flex-1">
        <NavLinks />
      </nav>
      <div className="border-line border-t pt-3">{user}</div>
    </header>
  )
}
