/** The seven areas of the rail; `key` is the second key of the shortcut `g …`. */
export const areas = [
  { href: '/', label: 'Overview', icon: 'overview', key: 'o' },
  { href: '/connections', label: 'Connections', icon: 'connections', key: 'c' },
  { href: '/rate-limits', label: 'Rate limits', icon: 'rate-limits', key: 'l' },
  { href: '/webhooks', label: 'Webhooks', icon: 'webhooks', key: 'w' },
  { href: '/activity', label: 'Activity', icon: 'activity', key: 'a' },
  { href: '/providers', label: 'Providers', icon: 'providers', key: 'p' },
  { href: '/settings', label: 'Settings', icon: 'settings', key: 's' },
] as const
export type Area = (typeof areas)[number]

/** Pages below an area that the command palette finds by name. */
export const places = [
  { href: '/settings/api-keys', label: 'API keys', area: 'Settings' },
  { href: '/settings/api-reference', label: 'API reference', area: 'Settings' },
  { href: '/settings/notifications', label: 'Notifications', area: 'Settings' },
] as const

/** Pages without a place of their own in the rail, and the area they belong to. */
const homes: readonly (readonly [path: string, area: string])[] = [
  ['/installs', '/connections'],
  ['/connect', '/connections'],
]

/** The area a page belongs to, by its path; `null` for a page outside all. */
export function areaOf(pathname: string): Area['href'] | null {
  const within = (path: string) => pathname === path || pathname.startsWith(`${path}/`)
  const home = homes.find(([path]) => within(path))?.[1]
  return (
    areas.find((area) => (area.href === '/' ? pathname === '/' : within(area.href) || area.href === home))
      ?.href ?? null
  )
}
