import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Secret } from '../core/secret'
import type { NoAnswer, OutboundAnswer } from '../http/http-client'
import { readTokenCall } from './read-token-call'
import type { FailureRules } from './token-failure'

const now = new Date('2026-03-01T12:00:00.000Z')
const strict: FailureRules = {
  terminalErrors: [],
  terminalStatuses: [],
  throttledMs: 60_000,
  spendsGrant: true,
}

function answer(status: number, body: unknown, headers: Record<string, string> = {}): OutboundAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return { kind: 'answer', status, text, headers: new Headers(headers), durationMs: 1 }
}

function read(from: OutboundAnswer | NoAnswer, rules: Partial<FailureRules> = {}, known: Secret[] = []) {
  return readTokenCall(from, { ...strict, ...rules }, { now, requestedAt: now, known })
}

const html = '<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>'
const grant = { error: 'invalid_grant', error_description: 'The provided authorization grant is invalid.' }

describe('a token call', () => {
  it('gives tokens only from a 2xx that names no error', () => {
    const tokens = { access_token: 'a', token_type: 'Bearer' }
    expect(read(answer(200, tokens)).kind).toBe('tokens')
    expect(read(answer(201, tokens)).kind).toBe('tokens')
    expect(read(answer(400, tokens)).kind).not.toBe('tokens')
    expect(read(answer(302, tokens)).kind).not.toBe('tokens')
    expect(read(answer(200, { ...tokens, ...grant })).kind).toBe('terminal')
    expect(read(answer(200, { ...tokens, error: null })).kind).toBe('tokens')
  })

  it('is classified by the error it names, whatever the status', () => {
    for (const status of [200, 400, 401, 403, 500])
      expect(read(answer(status, grant))).toEqual({
        kind: 'terminal',
        code: 'invalid_grant',
        words: 'The provided authorization grant is invalid.',
        status,
      })
    for (const error of [
      'invalid_client',
      'unauthorized_client',
      'invalid_scope',
      'unsupported_grant_type',
      'invalid_request',
    ])
      for (const status of [200, 400, 401])
        expect(read(answer(status, { error }))).toMatchObject({ kind: 'app_fault', code: error })
    expect(read(answer(400, { error: 'temporarily_unavailable' }))).toMatchObject({
      kind: 'transient',
      ambiguous: false,
    })
  })

  it('ends a grant on another error or status only where the provider’s rules say so', () => {
    const notFound = answer(404, { error: 'subject not found' })
    expect(read(notFound)).toMatchObject({ kind: 'transient', code: 'subject_not_found' })
    expect(read(notFound, { terminalErrors: ['subject_not_found'] })).toMatchObject({
      kind: 'terminal',
      status: 404,
    })
    for (const body of [
      'Bad token',
      '',
      { errors: [{ id: 'nope', title: 'Nope', detail: 'No such token' }] },
    ]) {
      expect(read(answer(400, body))).toMatchObject({ kind: 'transient', ambiguous: false })
      expect(read(answer(400, body), { terminalStatuses: [400] })).toMatchObject({
        kind: 'terminal',
        status: 400,
      })
    }
    expect(read(answer(400, html), { terminalStatuses: [400] })).toMatchObject({ kind: 'transient' })
  })

  it('blames the app for a 401 without a word, but not for a page of some proxy', () => {
    expect(read(answer(401, ''))).toMatchObject({ kind: 'app_fault', code: 'http_401' })
    expect(read(answer(401, { message: 'who are you' }))).toMatchObject({
      kind: 'app_fault',
      words: 'who are you',
    })
    expect(read(answer(401, html))).toMatchObject({ kind: 'transient' })
  })

  it('waits as long as a 429 says, else as the rules say, and nothing was done', () => {
    expect(read(answer(429, 'Retry later\n'))).toEqual({
      kind: 'transient',
      code: 'throttled',
      words: 'Retry later',
      status: 429,
      retryAfterMs: 60_000,
      ambiguous: false,
    })
    expect(read(answer(429, '', { 'retry-after': '7' }))).toMatchObject({ retryAfterMs: 7000 })
    const at = new Date(now.getTime() + 90_000)
    expect(read(answer(429, '', { 'retry-after': at.toUTCString() }))).toMatchObject({ retryAfterMs: 90_000 })
  })

  it('does not know what a 5xx did, unless the service refuses by name', () => {
    for (const status of [500, 502, 503, 504])
      expect(read(answer(status, html))).toMatchObject({
        kind: 'transient',
        ambiguous: true,
        words: expect.stringContaining('502 Bad Gateway'),
      })
    const maintenance = { errors: [{ id: 'scheduledServerMaintenance', title: 'Maintenance' }] }
    expect(read(answer(503, maintenance, { 'retry-after': '2026-03-01T12:10:00Z' }))).toMatchObject({
      kind: 'transient',
      ambiguous: false,
      retryAfterMs: 600_000,
    })
  })

  it('does not know what happened when a success cannot be read', () => {
    for (const body of [html, '', 'ok', { token: 'x' }, { access_token: 'a', token_type: 'mac' }])
      expect(read(answer(200, body))).toMatchObject({
        kind: 'transient',
        code: 'answer_invalid',
        ambiguous: true,
      })
  })

  it('knows from the network whether the request may have arrived', () => {
    const lost: NoAnswer = { kind: 'no_answer', reason: 'timeout', maybeSent: true, words: 'late' }
    expect(read(lost)).toMatchObject({ kind: 'transient', code: 'timeout', ambiguous: true })
    expect(read({ ...lost, reason: 'network', maybeSent: false })).toMatchObject({ ambiguous: false })
    expect(read({ ...lost, reason: 'host_not_allowed', maybeSent: false })).toMatchObject({
      kind: 'app_fault',
    })
  })

  it('is never ambiguous when it spends nothing', () => {
    const free = { spendsGrant: false }
    expect(read({ kind: 'no_answer', reason: 'timeout', maybeSent: true, words: '' }, free)).toMatchObject({
      ambiguous: false,
    })
    expect(read(answer(502, html), free)).toMatchObject({ ambiguous: false })
  })

  it('follows no redirect and says what it may mean', () => {
    expect(read(answer(301, ''))).toMatchObject({ kind: 'transient', code: 'redirect', ambiguous: false })
  })

  it('repeats no secret that was sent', () => {
    const secret = Secret.of('s+e/c=r&e%t')
    const echo = { error: 'invalid_client', error_description: 'client_secret s+e/c=r&e%t is wrong' }
    const failure = read(answer(401, echo), {}, [secret])
    expect(failure).toMatchObject({ kind: 'app_fault', words: expect.stringContaining('[removed]') })
    expect(JSON.stringify(failure)).not.toContain(secret.reveal())
  })

  it('is always classified, never thrown at', () => {
    const bodies = fc.oneof(fc.string(), fc.json(), fc.constant(html))
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 599 }), bodies, (status, body) => {
        expect(['tokens', 'transient', 'terminal', 'app_fault']).toContain(read(answer(status, body)).kind)
      }),
    )
  })
})
