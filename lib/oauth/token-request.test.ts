import { describe, expect, it } from 'vitest'
import { Secret } from '../core/secret'
import {
  clientCredentialsParameters,
  codeParameters,
  refreshParameters,
  secretsOf,
  tokenBody,
} from './token-request'

const client = { clientId: 'id', clientSecret: Secret.of('a+b/c=d&e%') }

describe('a token request', () => {
  it('has the credentials in its body and repeats what began the flow', () => {
    const parameters = codeParameters(client, {
      code: Secret.of('code'),
      redirectUri: 'https://p.example/cb',
      codeVerifier: Secret.of('verifier'),
    })
    expect(tokenBody('json', parameters)).toEqual({
      json: {
        client_id: 'id',
        client_secret: 'a+b/c=d&e%',
        grant_type: 'authorization_code',
        code: 'code',
        redirect_uri: 'https://p.example/cb',
        code_verifier: 'verifier',
      },
    })
    expect(secretsOf(parameters)).toHaveLength(3)
    expect(JSON.stringify(parameters)).toContain('"code_verifier":"[redacted]"')
  })

  it('refreshes without scope or redirect URI', () => {
    expect(tokenBody('multipart', refreshParameters(client, Secret.of('r')))).toEqual({
      multipart: {
        client_id: 'id',
        client_secret: 'a+b/c=d&e%',
        grant_type: 'refresh_token',
        refresh_token: 'r',
      },
    })
  })

  it('encodes a form so that no character of the secret changes, and leaves out what is null', () => {
    const body = tokenBody('form', clientCredentialsParameters(client, null))
    const text = 'form' in body ? body.form.toString() : ''
    expect(text).toBe('client_id=id&client_secret=a%2Bb%2Fc%3Dd%26e%25&grant_type=client_credentials')
    expect(new URLSearchParams(text).get('client_secret')).toBe('a+b/c=d&e%')
  })
})
