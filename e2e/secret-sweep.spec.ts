import { expect, test } from '@playwright/test'
import { isKey } from '../lib/api-keys/key-format'
import { type KnownSecret, type ReadEvidence, readEvidence } from '../tests/product/evidence'
import { secretFinder } from '../tests/product/find-secrets'
import type { Exchange } from '../tests/product/recording-proxy'

/*
 * Runs after all journeys, on what they left: everything that crossed the wire between browser, providers and product, the
 * product's log, and the rows of its database before each clearing and at the end.
 */

/** Of what the dashboard answers, one thing carries a token: Open in Outstand (design 2D). */
const isSso = ({ method, url }: Exchange) => method === 'POST' && /^\/api\/connections\/[^/]+\/sso$/.test(url)
/** And of what the machine API answers: a token read by a program's key. */
const isTokenRead = ({ method, url }: Exchange) =>
  method === 'GET' && /^\/api\/v1\/connections\/[^/]+\/token(\?|$)/.test(url)
/** The press that makes an API key is answered with it. */
const showsKey = ({ method, url }: Exchange) => method === 'POST' && url === '/settings/api-keys/new'
/** Addresses to which a provider itself sends the browser with a code or a setup token. */
const isArrival = (url: string) => /^\/(?:api\/callback\/|outreach\/setup)/.test(url)

let evidence: ReadEvidence[] = []
test.beforeAll(() => {
  evidence = readEvidence()
})

test('there is something to search, of every kind', () => {
  const kinds = new Set(
    evidence.flatMap(({ secrets }) => secrets.map(({ kind }) => kind.replace(/^\S+ /, ''))),
  )
  expect([...kinds]).toEqual(
    expect.arrayContaining([
      'access_token',
      'refresh_token',
      'code',
      'setup_token',
      'app_token',
      'clientSecret',
      'webhookSecret',
      'private key',
    ]),
  )
  const all = evidence.flatMap(({ exchanges }) => exchanges)
  expect(all.some(isSso)).toBe(true)
  expect(all.some(isTokenRead)).toBe(true)
  expect(all.some(({ url }) => isArrival(url))).toBe(true)
  expect(evidence.every(({ dump, log }) => dump.length > 0 && log.length > 0)).toBe(true)
  for (const table of ['token_pair', 'provider_app', 'audit_event', 'webhook_delivery', 'api_key'])
    expect(evidence.some(({ dump }) => dump.includes(`public.${table}`))).toBe(true)
})

test('a token that does cross the wire, in the one answer that may, is found', () => {
  const found = evidence.flatMap(({ exchanges, secrets }) => {
    const { find } = secretFinder(secrets)
    return exchanges.filter(isSso).flatMap(({ body }) => find(body))
  })
  expect(found.map(({ kind }) => kind)).toContain('access_token')
})

test('no answer, address or referrer holds a secret', () => {
  const leaks = evidence.flatMap(({ exchanges, secrets }) => {
    const { find } = secretFinder(secrets)
    return exchanges.flatMap((exchange) => {
      const { method, url, referer, status, headers, body } = exchange
      const path = url.replace(/\?.*/, '')
      const seen = {
        address: isArrival(url) ? '' : url,
        referrer: referer ?? '',
        headers: JSON.stringify(headers),
        body: isSso(exchange) || isTokenRead(exchange) ? '' : body,
      }
      return Object.entries(seen).flatMap(([where, text]) =>
        find(text).map(({ kind }) => `${kind} in the ${where} of ${method} ${path} (${status})`),
      )
    })
  })
  expect([...new Set(leaks)]).toEqual([])
})

test('an API key crosses the wire in the answer that shows it, and stands nowhere else', () => {
  const keys = evidence.flatMap(({ exchanges }) =>
    exchanges.filter(showsKey).flatMap(({ body }) => keysIn(body)),
  )
  expect(keys.length).toBeGreaterThan(0)
  const { find } = secretFinder(keys)
  const leaks = evidence.flatMap(({ exchanges, log, dump }) => [
    ...exchanges.flatMap((exchange) => {
      const { method, url, referer, headers, body } = exchange
      const told = [url, referer ?? '', JSON.stringify(headers), showsKey(exchange) ? '' : body].join('\n')
      return find(told).map(() => `an answer to ${method} ${url.replace(/\?.*/, '')}`)
    }),
    ...find(log).map(() => 'the log'),
    ...find(dump).map(() => 'the database'),
  ])
  expect([...new Set(leaks)]).toEqual([])
})

test('the log holds no secret', () => {
  expect(leaksByLine((one) => one.log.split('\n'))).toEqual([])
})

test('the database holds no secret in the clear', () => {
  expect(leaksByLine((one) => one.dump.split('\n'))).toEqual([])
})

/** What was found, with the start of the line it is in; that start is a log's level or a table's name. */
function leaksByLine(linesOf: (one: ReadEvidence) => string[]): string[] {
  const leaks = evidence.flatMap((one) => {
    const { find } = secretFinder(one.secrets)
    return linesOf(one).flatMap((line) => find(line).map(({ kind }) => `${kind} in ${line.slice(0, 60)}`))
  })
  return [...new Set(leaks)]
}

function keysIn(text: string): KnownSecret[] {
  const found = text.match(/pbk_[0-9A-Za-z]{38}/g) ?? []
  return found.filter(isKey).map((value) => ({ kind: 'API key', value }))
}
