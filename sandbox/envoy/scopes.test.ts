import { describe, expect, it } from 'vitest'
import { describeScope, readScopes, unknownScopes } from './scopes'

describe('readScopes', () => {
  it.each([
    ['locations.read token.refresh'],
    ['locations.read,token.refresh'],
    [['locations.read', 'token.refresh', 'locations.read']],
    [['locations.read token.refresh']],
  ])('reads %j', (sent) => {
    expect(readScopes(sent)).toEqual(['locations.read', 'token.refresh'])
  })

  it('reads none from nothing', () => {
    expect(readScopes(undefined)).toEqual([])
    expect(readScopes('')).toEqual([])
  })
})

it('unknownScopes names what Envoy does not know', () => {
  expect(unknownScopes(['locations.read', 'location.read'])).toEqual(['location.read'])
})

it('describeScope puts scopes into words', () => {
  expect(describeScope('work-schedules.write')).toBe('Change work schedules')
  expect(describeScope('token.refresh')).toBe('Stay connected while you are away')
})
