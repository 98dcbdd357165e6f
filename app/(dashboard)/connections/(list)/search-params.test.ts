import { describe, expect, it } from 'vitest'
import { connectionsHref, isFiltered, parseSearch, searchParameters } from './search-params'

describe('the address of the list', () => {
  it('is read and written back as it was', () => {
    const query = {
      q: 'acme',
      provider: 'outreach,envoy',
      status: 'needs_reconnect',
      environment: 'production',
      sort: '-used',
      after: 'abc',
    }
    const search = parseSearch(query)
    expect(search).toMatchObject({
      sort: { key: 'used', direction: 'desc' },
      providers: ['outreach', 'envoy'],
    })
    expect(searchParameters(search, { after: search.after })).toEqual(query)
  })

  it.each([
    { provider: 'salesforce', status: 'fine', environment: 'moon', sort: '-__proto__' },
    { q: 'x'.repeat(5_000), sort: ['-', 'used'], after: 'y'.repeat(9_000), before: '' },
    { q: undefined, provider: [], status: ',,', sort: '--name' },
  ])('falls back where it is wrong: %#', (query) => {
    const search = parseSearch(query)
    expect(connectionsHref(search)).toBe('/connections')
    expect(isFiltered(search)).toBe(false)
  })

  it('keeps what is right beside what is wrong', () => {
    expect(parseSearch({ status: 'healthy,broken', provider: ['envoy', 'envoy'] })).toMatchObject({
      statuses: ['healthy'],
      providers: ['envoy'],
    })
  })

  it('begins at the first page after each change but a step', () => {
    const search = parseSearch({ after: 'abc', provider: 'envoy' })
    expect(connectionsHref(search, { statuses: ['healthy'] })).toBe(
      '/connections?provider=envoy&status=healthy',
    )
    expect(connectionsHref(search, { before: 'def' })).toBe('/connections?provider=envoy&before=def')
  })
})
