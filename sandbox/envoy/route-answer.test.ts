import { describe, expect, it } from 'vitest'
import { judgeRouteAnswer } from './route-answer'

const OPTIONS = 'step-0-field-1-options'
const CALLBACK = 'step-0-callback'

function judge(route: string, status: number, body: string) {
  return judgeRouteAnswer(route, { kind: 'answered', status, body })
}

describe('judgeRouteAnswer', () => {
  it('takes a list for a route that ends in -options, the empty one too', () => {
    expect(judge(OPTIONS, 200, '[]')).toEqual({ kind: 'options', options: [] })
    const list = '[{"label":"Dana","value":7001},{"label":"Luis","value":"7002"}]'
    expect(judge(OPTIONS, 200, list)).toEqual({
      kind: 'options',
      options: [
        { label: 'Dana', value: '7001' },
        { label: 'Luis', value: '7002' },
      ],
    })
  })

  it('takes an object for any other route', () => {
    expect(judge(CALLBACK, 201, '{"a":null}')).toEqual({ kind: 'merge', config: { a: null } })
  })

  it.each([412, 400, 422])('shows the message of a %i', (status) => {
    const verdict = { kind: 'blocked', message: 'Not yet' }
    expect(judge(CALLBACK, status, '{"message":"Not yet"}')).toEqual(verdict)
    expect(judge(OPTIONS, status, '{"message":"Not yet"}')).toEqual(verdict)
  })

  it.each([
    ['an object for options', OPTIONS, 200, '{}'],
    ['an option without a value', OPTIONS, 200, '[{"label":"x"}]'],
    ['a list for a callback', CALLBACK, 200, '[]'],
    ['null', CALLBACK, 200, 'null'],
    ['no JSON', CALLBACK, 200, 'ok'],
    ['an empty body', CALLBACK, 204, ''],
    ['a redirect', CALLBACK, 302, '{}'],
    ['a 4xx without a message', CALLBACK, 401, '{}'],
    ["a 5xx, whose message is nobody's", CALLBACK, 500, '{"message":"stack trace"}'],
  ])('blocks on %s', (_name, route, status, body) => {
    const verdict = judge(route, status, body)
    expect(verdict.kind).toBe('blocked')
    expect(verdict).not.toMatchObject({ message: 'stack trace' })
  })

  it('blocks when there was no answer', () => {
    expect(judgeRouteAnswer(CALLBACK, { kind: 'timeout' }).kind).toBe('blocked')
    expect(judgeRouteAnswer(OPTIONS, { kind: 'unreachable' }).kind).toBe('blocked')
  })
})
