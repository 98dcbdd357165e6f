import { describe, expect, it } from 'vitest'
import { areaOf } from './areas'

describe('areaOf', () => {
  it.each([
    ['/', '/'],
    ['/connections', '/connections'],
    ['/connections/con_1/scopes', '/connections'],
    ['/connectionsx', null],
    ['/installs', '/connections'],
    ['/connect/flw_1', '/connections'],
    ['/providers/new', '/providers'],
    ['/sign-in', null],
  ])('%s belongs to %s', (path, area) => {
    expect(areaOf(path)).toBe(area)
  })
})
