import { describe, expect, it } from 'vitest'
import { isUnchanged } from './etag'
import { operations } from './operations'
import { createRoutes } from './routes'

const route = createRoutes(operations)
const found = (method: string, path: string) => {
  const told = route(method, path)
  return told.kind === 'found' ? [told.operation.operationId, told.params] : told.kind
}

describe('a route', () => {
  it('is found by the path as it was sent: nothing encoded becomes a slash or a dot', () => {
    expect(found('GET', '/api/v1/connections/con_1')).toEqual(['getConnection', { id: 'con_1' }])
    expect(found('GET', '/api/v1/connections/a%2Ftoken')).toEqual(['getConnection', { id: 'a%2Ftoken' }])
    expect(found('GET', '/api/v1/connections/%2e%2e/token')).toEqual(['readToken', { id: '%2e%2e' }])
    expect(found('HEAD', '/api/v1/connections')).toEqual(['listConnections', {}])
  })

  it('of the proxy takes the rest of the path, slashes included', () => {
    const rest = 'api/v2//prospects/'
    expect(found('PATCH', `/api/v1/proxy/con_1/${rest}`)).toEqual(['proxy', { id: 'con_1', path: rest }])
    expect(found('GET', '/api/v1/proxy/con_1/')).toEqual(['proxy', { id: 'con_1', path: '' }])
    expect(found('GET', '/api/v1/proxy/con_1')).toBe('none')
  })

  it.each(['/api/v1/', '/api/v1/connections/a/token/', '/api/v1//connections', '/api/v1/Connections'])(
    'is not one that looks like it: %s',
    (path) => expect(found('GET', path)).toBe('none'),
  )

  it('names the methods of a path that has others', () => {
    expect(route('PUT', '/api/v1/connections/a/refresh')).toEqual({
      kind: 'other_method',
      allow: 'POST, OPTIONS',
    })
    expect(route('POST', '/api/v1/connections')).toEqual({
      kind: 'other_method',
      allow: 'GET, HEAD, OPTIONS',
    })
  })
})

describe('If-None-Match', () => {
  it.each([
    ['W/"g1"', true],
    ['"g1"', true],
    ['"a", W/"g1" ,"b"', true],
    ['*', true],
    ['"g2"', false],
    ['g1', false],
    ['', false],
  ])('%s is compared weakly', (header, unchanged) => {
    expect(isUnchanged(header, 'W/"g1"')).toBe(unchanged)
  })

  it('that is not there asks for the whole', () => {
    expect(isUnchanged(null, 'W/"g1"')).toBe(false)
  })
})
