import { describe, expect, it } from 'vitest'
import { signInPath } from './sign-in-path'

describe('the way to sign in', () => {
  it.each([
    ['/settings', '/sign-in?next=%2Fsettings'],
    ['/connections?status=healthy&q=a+b', '/sign-in?next=%2Fconnections%3Fstatus%3Dhealthy%26q%3Da%2Bb'],
    ['/connections?_rsc=1x2y3', '/sign-in?next=%2Fconnections'],
    ['/', '/sign-in'],
    ['/?_rsc=1x2y3', '/sign-in'],
    [null, '/sign-in'],
  ])('from %s is %s', (requested, path) => {
    expect(signInPath(requested)).toBe(path)
  })

  it.each(['//evil.example/x', '/\\evil.example', 'https://evil.example/', 'javascript:alert(1)', '*'])(
    'never goes on to %s',
    (requested) => {
      expect(signInPath(requested)).toBe('/sign-in')
    },
  )
})
