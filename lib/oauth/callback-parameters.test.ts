import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCallbackParameters } from './callback-parameters'

const read = (query: string) => readCallbackParameters(new URLSearchParams(query))

describe('a callback', () => {
  it('gives code and state, the code as a secret', () => {
    const parameters = read('code=abc&state=xyz')
    expect(parameters).toMatchObject({ kind: 'code', state: 'xyz' })
    expect(parameters.kind === 'code' && parameters.code.reveal()).toBe('abc')
    expect(JSON.stringify(parameters)).not.toContain('abc')
  })

  it('takes an issuer along: nothing published says which one to expect', () => {
    expect(read('code=abc&state=xyz&iss=https%3A%2F%2Fop.example')).toMatchObject({ kind: 'code' })
  })

  it('gives a denial in the provider’s words, without markup or secrets', () => {
    expect(
      read('error=access_denied&error_description=The+resource+owner+denied+the+request.&state=xyz'),
    ).toEqual({
      kind: 'error',
      error: 'access_denied',
      words: 'The resource owner denied the request.',
      state: 'xyz',
    })
    expect(read('error=%3Cscript%3E&error_description=%3Cb%3Eno%3C/b%3E')).toEqual({
      kind: 'error',
      error: 'error',
      words: 'no',
      state: null,
    })
  })

  it('is refused when a parameter comes twice, or state or code is missing', () => {
    for (const query of [
      '',
      'code=abc',
      'state=xyz',
      'code=&state=xyz',
      'code=abc&state=',
      'code=a&code=b&state=xyz',
      'code=a&state=x&state=y',
      'error=a&error=b&state=x',
      'response=jarm&state=x',
      `code=${'x'.repeat(5000)}&state=xyz`,
    ])
      expect(read(query).kind, query).toBe('invalid')
  })

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('code', 'state', 'error', 'iss', 'x'), fc.string())),
        (pairs) => {
          expect(['code', 'error', 'invalid']).toContain(
            readCallbackParameters(new URLSearchParams(pairs)).kind,
          )
        },
      ),
    )
  })
})
