import { areas } from './areas'

export type KeyPress = {
  key: string
  ctrl: boolean
  meta: boolean
  alt: boolean
  typing: boolean
  atMs: number
}
export type Shortcut =
  | { kind: 'palette' }
  | { kind: 'shortcuts' }
  | { kind: 'search' }
  | { kind: 'go'; href: string }
  /** The first key of two. */
  | { kind: 'leader' }
  | null

const leaderMs = 1_200

/**
 * What a key means. Only Ctrl/Cmd-K counts while one types; every other shortcut is a bare key.
 *
 * @param leaderAtMs when `g` was pressed, `null` if it was not the key before
 */
export function readShortcut(press: KeyPress, leaderAtMs: number | null): Shortcut {
  const key = press.key.toLowerCase()
  if (key === 'k' && (press.ctrl || press.meta) && !press.alt) return { kind: 'palette' }
  if (press.typing || press.ctrl || press.meta || press.alt) return null
  if (leaderAtMs !== null && press.atMs - leaderAtMs <= leaderMs) {
    const area = areas.find((candidate) => candidate.key === key)
    if (area) return { kind: 'go', href: area.href }
  }
  if (key === 'g') return { kind: 'leader' }
  if (key === '/') return { kind: 'search' }
  return key === '?' ? { kind: 'shortcuts' } : null
}
