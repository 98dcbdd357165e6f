'use client'

import { clsx } from 'clsx'
import Link from 'next/link'
import { usePathname } from 'next/navigation'

export type Tab = { href: string; label: string; count?: number }

/** Tabs that are URLs: a row of links, the present one marked. Reload and Back keep the tab. */
export function TabsNav({ tabs, label }: { tabs: readonly Tab[]; label: string }) {
  const pathname = usePathname()
  return (
    <nav aria-label={label} className="-mx-4 overflow-x-auto border-line border-b px-4 sm:mx-0 sm:px-0">
      <ul className="flex gap-5">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link
              href={tab.href}
              aria-current={pathname === tab.href ? 'page' : undefined}
              className={clsx(
                '-mb-px flex items-center gap-1.5 whitespace-nowrap border-b-2 py-2 font-medium transition-colors',
                pathname === tab.href
                  ? 'border-ink text-ink'
                  : 'border-transparent text-ink-muted hover:border-line-strong hover:text-ink',
              )}
            >
              {tab.label}
              {tab.count === undefined ? null : (
                <span className="rounded-full bg-sunken px-1.5 text-ink-muted text-xs tabular-nums">
                  {tab.count}
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
