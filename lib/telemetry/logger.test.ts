import { describe, expect, it } from 'vitest'
import { Secret } from '../core/secret'
import { createLogger } from './logger'
import { createRedaction, redactText } from './redact'

const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJndWlkIiwiaWF0IjoxfQ.c2lnbmF0dXJlLXdpdGgtbGVuZ3Ro'
const opaque = 'aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bD1fG3hJ5lM7oP9r'

const redact = createRedaction()

function captured(): { lines: string[]; stream: { write(line: string): void } } {
  const lines: string[] = []
  return { lines, stream: { write: (line) => void lines.push(line) } }
}

describe('a log line', () => {
  it('is one JSON object with level, time and message', () => {
    const { lines, stream } = captured()
    createLogger('info', stream).info({ room: 'http', status: 200 }, 'answered')
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'info',
      room: 'http',
      status: 200,
      msg: 'answered',
      time: expect.stringMatching(/^\d{4}-.*Z$/),
    })
  })

  it('is not written below its level', () => {
    const { lines, stream } = captured()
    createLogger('warn', stream).info({}, 'quiet')
    expect(lines).toEqual([])
  })

  it('holds no secret, whatever way it came in', () => {
    const { lines, stream } = captured()
    const log = createLogger('debug', stream)
    const error = Object.assign(new Error(`refused: Bearer ${opaque}`, { cause: new Error(jwt) }), {
      body: `{"access_token":"${opaque}"}`,
    })
    log.error({ access_token: opaque, error, secret: Secret.of(opaque) }, `with ${jwt}`)
    log.warn({ headers: new Headers({ authorization: `Basic ${opaque}`, cookie: 'a=b1' }) }, opaque)
    log.debug({ deep: [{ clientSecret: 'short' }], map: new Map([['password', 'pw-short']]) }, 'x')
    const written = lines.join('')
    for (const hidden of [opaque, jwt, 'a=b1', '"short"', 'pw-short']) expect(written).not.toContain(hidden)
    expect(written).toContain('refused: Bearer [redacted]')
  })
})

describe('an error', () => {
  it('brings its facts, not the machinery that a library hung on it', () => {
    const client = { sockets: ['a socket'], password: 'pw-short' }
    const error = Object.assign(new Error('connection lost'), { code: '57P01', client, detail: { id: 7 } })
    const written = redact({ error })
    expect(written).toMatchObject({ error: { message: 'connection lost', code: '57P01', detail: { id: 7 } } })
    expect(JSON.stringify(written)).not.toContain('socket')
  })
})

describe('redaction by value', () => {
  it.each([
    [`token ${jwt}`, 'token [redacted]'],
    [`Authorization: bearer ${opaque}`, 'Authorization: bearer [redacted]'],
    ['postgresql://me:hunter2@db:5432/x', 'postgresql://me:[redacted]@db:5432/x'],
    [
      '/api/callback/outreach?code=a+b/c=&state=s1',
      '/api/callback/outreach?code=[redacted]&state=[redacted]',
    ],
    ['/outreach/setup/x?installSetupToken=abc.def', '/outreach/setup/x?installSetupToken=[redacted]'],
    ['-----BEGIN PRIVATE KEY-----\nMIIabc\n-----END PRIVATE KEY-----\n', '[redacted]\n'],
    ["{ client_secret: 'p+/=&%x' }", "{ client_secret: '[redacted]' }"],
    ['hash $argon2id$v=19$m=1$abc', 'hash [redacted]'],
    [`value ${opaque}.`, 'value [redacted].'],
  ])('%s', (text, clean) => {
    expect(redactText(text)).toBe(clean)
  })

  it('leaves ordinary words, ids, paths and fingerprints', () => {
    for (const text of [
      'connection con_01JD0000000000000000000000 renewed',
      '/work/lib/connections/start-connect-with-a-rather-long-name-indeed.ts:12:3',
      'sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      'GET /api/health/ready 503',
    ])
      expect(redactText(text)).toBe(text)
  })
})

describe('redaction by name', () => {
  it('hides texts under secret names and keeps facts about them', () => {
    expect(
      redact({
        refresh_token: 'r',
        'set-cookie': ['a=b'],
        privateKey: 'k',
        tokenFingerprint: 'ab12',
        tokenExpiresInS: 3,
        hasRefreshToken: true,
        code: 'forbidden',
        state: opaque,
      }),
    ).toEqual({
      refresh_token: '[redacted]',
      'set-cookie': '[redacted]',
      privateKey: '[redacted]',
      tokenFingerprint: 'ab12',
      tokenExpiresInS: 3,
      hasRefreshToken: true,
      code: 'forbidden',
      state: '[redacted]',
    })
  })

  it('ends on a cycle', () => {
    const round: Record<string, unknown> = {}
    round.self = round
    expect(redact(round)).toEqual({ self: '[…]' })
  })
})
