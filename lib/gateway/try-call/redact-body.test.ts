import { describe, expect, it } from 'vitest'
import { redactBody } from './redact-body'

const json = 'application/vnd.api+json; charset=utf-8'

describe('a JSON body', () => {
  it('is laid out, without secrets and addresses at any depth', () => {
    const body = {
      data: [
        {
          id: 7,
          username: 'joan',
          email: 'joan@example.com',
          workPhones: [],
          homePhones: ['+1 555 0101', 5550102],
          phone: '+1 555 0100',
          oauth2_token: { access_token: 'a', refresh_token: 'b' },
          authentication_token: 'legacy',
          nested: {
            note: 'Write to joan@example.com, Bearer abc',
            apiKey: 'k',
            isPrivate: true,
            token: null,
          },
        },
      ],
    }
    const shown = redactBody(JSON.stringify(body), json)
    expect(shown.isJson).toBe(true)
    expect(JSON.parse(shown.text)).toEqual({
      data: [
        {
          id: 7,
          username: 'joan',
          email: '[removed]',
          workPhones: [],
          homePhones: ['[removed]', '[removed]'],
          phone: '[removed]',
          oauth2_token: '[removed]',
          authentication_token: '[removed]',
          nested: {
            note: 'Write to [removed], Bearer [removed]',
            apiKey: '[removed]',
            isPrivate: true,
            token: null,
          },
        },
      ],
    })
    expect(shown.text).toContain('\n  "data": [\n')
  })

  it('may be any value', () => {
    expect(redactBody('[]', json)).toEqual({ text: '[]', isJson: true })
    expect(redactBody('"joan@example.com"', null)).toEqual({ text: '"[removed]"', isJson: true })
  })
})

it('a body that was cut is redacted as text', () => {
  const { text, isJson } = redactBody('{"access_token": "s3cr3t", "email": "joan@example.com", "na', json)
  expect(isJson).toBe(false)
  expect(text).not.toMatch(/s3cr3t|joan@/)
})

it('text that is not JSON keeps its words only', () => {
  expect(redactBody('token=abc1 for joan@example.com', 'text/plain').text).toBe(
    'token=[removed] for [removed]',
  )
})
