import { describe, expect, it } from 'vitest'
import { methodLabel, routeGroup } from './route-group'

describe('a request is measured with those that are like it', () => {
  it.each([
    ['/', 'page'],
    ['/connections/con_01jd4', 'page'],
    ['/outreach/setup/acme', 'landing'],
    ['/outreach/landed/ABCD', 'page'],
    ['/api/callback/outreach', 'callback'],
    ['/api/webhooks/envoy', 'webhook'],
    ['/api/health/live', 'health'],
    ['/api/metrics', 'metrics'],
    ['/api/events', 'stream'],
    ['/api/v1/connections', 'api'],
    ['/api/auth/session', 'api'],
    ['/_next/static/chunks/1.js', 'static'],
  ])('%s: %s', (path, group) => {
    expect(routeGroup(path, {})).toBe(group)
  })

  it('tells a server action from the page it is posted to', () => {
    expect(routeGroup('/settings', { 'next-action': 'abc' })).toBe('action')
  })

  it('makes one label of all methods that a client invents', () => {
    expect(['GET', 'POST', 'BREW', undefined].map(methodLabel)).toEqual(['GET', 'POST', 'other', 'other'])
  })
})
