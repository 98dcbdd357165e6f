'use client'

import { clsx } from 'clsx'
import {
  Blocks,
  Cable,
  Gauge,
  LayoutDashboard,
  type LucideIcon,
  ScrollText,
  Settings,
  Webhook,
} from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { type Area, areaOf, areas } from './areas'

const icons: Record<Area['icon'], LucideIcon> = {
  overview: LayoutDashboard,
  connections: Cable,
  'rate-limits': Gauge,
  webhooks: Webhook,
  activity: ScrollText,
  providers: Blocks,
  settings: Settings,
}

/** The seven areas; the one that is open is marked for eye and screen reader. */
export function NavLinks() {
  const pathname = usePathname()
  const present = areaOf(pathname)
  return (
    <ul className="grid gap-0.5">
      {areas.map((area) => {
        const Icon = icons[area.icon]
        const current = area.href === present
        return (
          <li key={area.href}>
            <Link
              href={area.href}
              aria-current={current ? (pathname === area.href ? 'page' : 'true') : undefined}
              className={clsx(
                'flex h-9 items-center gap-2.5 rounded-md px-2.5 transition-colors lg:h-8',
                current ? 'bg-sunken font-medium text-ink' : 'text-ink-muted hover:bg-hover hover:text-ink',
              )}
            >
              <Icon
                aria-hidden="true"
                className={clsx('size-4 shrink-0', current ? 'text-ink' : 'text-ink-faint')}
              />
              {area.label}
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
