import { expect, it } from 'vitest'
import { unsupportedMediaType } from './json-api'
import {
  deadToken,
  invalidJwt,
  missingScope,
  noAuthorization,
  rateLimitExceeded,
  resourceNotFound,
  routeNotFound,
  scheduledMaintenance,
  unauthorizedRequest,
} from './refusals'

const nowMs = Date.UTC(2026, 0, 5, 9, 40)
const window = { limit: 10_000, used: 10_000, resetAtMs: Date.UTC(2026, 0, 5, 10) }

it.each([
  ['no header', noAuthorization(), 'No Authorization header.'],
  ['no JWT', invalidJwt(), 'Invalid JWT token.'],
  ['expired', deadToken('expired'), 'Expired JWT token.'],
  ['revoked', deadToken('revoked'), 'Revoked JWT token.'],
])('the gateway refuses in plain JSON, not in JSON:API: %s', async (_name, answer, error) => {
  expect(answer.status).toBe(401)
  expect(answer.headers.get('content-type')).toBe('application/json')
  expect(await answer.json()).toEqual({ error, description: expect.stringMatching(/\S/) })
})

it.each([
  [403, 'unauthorizedOauthScope', missingScope('users.read')],
  [403, 'unauthorizedRequest', unauthorizedRequest('No.')],
  [404, 'resourceNotFound', resourceNotFound('No.')],
  [429, 'rateLimitExceeded', rateLimitExceeded(window, { remaining: 'one', reset: 'epoch' }, nowMs)],
  [503, 'scheduledServerMaintenance', scheduledMaintenance(nowMs)],
])('the API refuses in JSON:API: %i %s', async (status, id, answer) => {
  expect(answer.status).toBe(status)
  expect(answer.headers.get('content-type')).toBe('application/vnd.api+json')
  expect(await answer.json()).toEqual({
    errors: [expect.objectContaining({ id, detail: expect.any(String) })],
  })
})

it('names the missing scope', async () => {
  expect((await missingScope('prospects.write').json()).errors[0].detail).toContain('prospects.write')
})

it('says details, not detail, for a wrong media type', async () => {
  const [error] = (await unsupportedMediaType().json()).errors
  expect(Object.keys(error)).toEqual(['id', 'title', 'details'])
})

it.each([
  ['epoch', '1767607200'],
  ['iso', '2026-01-05T10:00:00.000Z'],
  ['delta', '1200'],
] as const)('repeats the reset as Retry-After: %s', async (reset, text) => {
  const answer = rateLimitExceeded(window, { remaining: 'one', reset }, nowMs)
  expect(answer.headers.get('retry-after')).toBe(text)
  expect(answer.headers.get('x-ratelimit-reset')).toBe(text)
  expect((await answer.json()).errors[0].detail).toMatch(/10,000 .*2026-01-05T10:00:00\.000Z/)
})

it('writes Retry-After of a maintenance as an instant', () => {
  expect(scheduledMaintenance(nowMs).headers.get('retry-after')).toBe('2026-01-05T09:40:00.000Z')
})

it('answers JSON where nothing is routed', async () => {
  expect(await routeNotFound().json()).toEqual({ error: '404', description: 'route not found' })
})
