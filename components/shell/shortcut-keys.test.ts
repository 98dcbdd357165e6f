import { describe, expect, it } from 'vitest'
import { type KeyPress, readShortcut } from './shortcut-keys'

const bare: KeyPress = { key: 'x', ctrl: false, meta: false, alt: false, typing: false, atMs: 1_000 }

describe('readShortcut', () => {
  it('opens the palette with Ctrl-K and Cmd-K, even while one types', () => {
    expect(readShortcut({ ...bare, key: 'k', ctrl: true }, null)).toEqual({ kind: 'palette' })
    expect(readShortcut({ ...bare, key: 'K', meta: true, typing: true }, null)).toEqual({ kind: 'palette' })
  })

  it('fires nothing else while one types or holds a modifier', () => {
    for (const key of ['?', '/', 'g', 'k']) {
      expect(readShortcut({ ...bare, key, typing: true }, null)).toBeNull()
      expect(readShortcut({ ...bare, key, alt: true }, null)).toBeNull()
    }
    expect(readShortcut({ ...bare, key: 'c', typing: true }, 900)).toBeNull()
  })

  it('goes to an area by g and its letter, pressed soon after one another', () => {
    expect(readShortcut({ ...bare, key: 'g' }, null)).toEqual({ kind: 'leader' })
    expect(readShortcut({ ...bare, key: 'c' }, 500)).toEqual({ kind: 'go', href: '/connections' })
    expect(readShortcut({ ...bare, key: 'c', atMs: 5_000 }, 500)).toBeNull()
    expect(readShortcut({ ...bare, key: 'c' }, null)).toBeNull()
  })

  it('lists the shortcuts with ? and searches with /', () => {
    expect(readShortcut({ ...bare, key: '?' }, null)).toEqual({ kind: 'shortcuts' })
    expect(readShortcut({ ...bare, key: '/' }, null)).toEqual({ kind: 'search' })
  })
})
