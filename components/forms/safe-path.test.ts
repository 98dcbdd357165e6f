import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { safePath } from './safe-path'

describe('safePath', () => {
  it.each(['/', '/connections/con_1?tab=a#b', '/a/../b'])('keeps the path %s', (path) => {
    expect(safePath(path)).toBe(path === '/a/../b' ? '/b' : path)
  })

  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/a/..//evil.example',
    'javascript:alert(1)',
    'connections',
    '/sign-in?next=/sign-in',
    '',
    undefined,
    ['/a', '/b'],
  ])('turns %j into the overview', (next) => {
    expect(safePath(next)).toBe('/')
  })

  it('never leaves this origin', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('/', '\\', '.', ':', '@', '\t', '\n', 'a', '%', '?', '#') }),
        (text) => {
          expect(new URL(safePath(`/${text}`), 'https://here.example').origin).toBe('https://here.example')
        },
      ),
    )
  })
})
