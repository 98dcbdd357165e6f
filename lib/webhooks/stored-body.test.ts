import { describe, expect, it } from 'vitest'
import { storedBody } from './stored-body'

const secret = 'eyJhbGciOi.tok+en/with=odd&characters'

describe('what is stored of a webhook', () => {
  it('keeps a token as its fingerprint, in both envelopes of Envoy', () => {
    const auth = { token_type: 'Bearer', access_token: secret, refresh_token: null, company_id: '1' }
    for (const field of ['meta', 'request_meta']) {
      const kept = storedBody('envoy', { [field]: { route: 'step-0', install_id: 7, auth } })
      expect(kept).toEqual({
        [field]: {
          route: 'step-0',
          install_id: 7,
          auth: {
            token_type: 'Bearer',
            access_token: expect.stringMatching(/^sha256:[0-9a-f]{12}$/),
            refresh_token: null,
            company_id: '1',
          },
        },
      })
    }
  })

  it('keeps only the names of what people typed and of fields it does not know', () => {
    const body = {
      meta: { config: { api_key: secret }, params: { password: secret }, forwarded_bearer_token: secret },
      payload: { visitor: { email: 'someone@example.com' } },
      surprise: { token: secret },
    }
    const kept = JSON.stringify(storedBody('envoy', body))
    expect(kept).not.toContain(secret)
    expect(kept).not.toContain('someone@example.com')
    expect(JSON.parse(kept)).toMatchObject({
      meta: { config: { fields: ['api_key'] }, params: { fields: ['password'] } },
      payload: { fields: ['visitor'] },
      otherFields: ['surprise'],
    })
  })

  it('keeps no nested value where a scalar is expected, and no endless text', () => {
    const kept = storedBody('outreach', {
      data: { id: { token: secret }, type: 'x'.repeat(5000) },
      meta: { eventName: 'install.created' },
    })
    expect(JSON.stringify(kept)).not.toContain(secret)
    expect(kept).toMatchObject({
      data: { id: { fields: ['token'] } },
      meta: { eventName: 'install.created' },
    })
    expect(JSON.stringify(kept).length).toBeLessThan(500)
  })

  it('describes a body that is no object', () => {
    expect(storedBody('outstand', [1, 2])).toEqual({ items: 2 })
    expect(storedBody('outstand', secret)).toBe('(string)')
    expect(storedBody('outstand', null)).toEqual({ empty: true })
  })
})
