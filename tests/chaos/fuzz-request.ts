import fc from 'fast-check'

/** One request as its bytes are told: nothing in between makes it well-formed. */
export type FuzzRequest = {
  method: string
  /** Path and query, as they stand in the request line. */
  target: string
  headers: [name: string, value: string][]
  body: string
}

/** Requests to the machine API: some right, most nearly right, some far off. */
export function fuzzRequest(known: { keys: string[]; ids: string[] }): fc.Arbitrary<FuzzRequest> {
  const request = fc.record({
    method: often(fc.constantFrom('GET', 'GET', 'GET', 'POST', 'HEAD'), fc.constantFrom(...oddMethods)),
    target: fc.tuple(path(known.ids), query(known.keys)).map((parts) => parts.join('')),
    headers: fc
      .tuple(authorization(known.keys), fc.array(header, { maxLength: 4 }))
      .map(([own, more]) => [...own, ...more]),
    body: fc.oneof(fc.constant(''), body),
  })
  // Half of the odd bodies would else meet a method that reads none.
  return request.map((each) =>
    each.method === 'GET'
      ? { ...each, ...(each.target.includes('/refresh') ? { method: 'POST' } : { body: '' }) }
      : each,
  )
}

const oddMethods = ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'LOCK', 'M-SEARCH']

/** The first one four times out of five. */
function often<Value>(usual: fc.Arbitrary<Value>, odd: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  return fc.oneof({ weight: 4, arbitrary: usual }, { weight: 1, arbitrary: odd })
}

/** What may stand in a request line: no blank and no control character. */
const visible = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  maxLength: 40,
})
const encoded = fc.constantFrom(
  '%00',
  '%2e%2e',
  '%2f',
  '%',
  '%zz',
  '%c0%ae',
  '%e2%82%ac',
  '..',
  '.',
  '//',
  '\\',
  ';x=1',
  '%0d%0a',
)
const oddText = fc.oneof(
  visible,
  encoded,
  fc.array(encoded, { maxLength: 6 }).map((parts) => parts.join('')),
  visible.map((text) => text.repeat(60)),
)

function path(ids: readonly string[]): fc.Arbitrary<string> {
  const id = often(
    fc.constantFrom(...ids),
    fc.oneof(oddText, fc.constant(`con_${'0'.repeat(26)}`), fc.constant('')),
  )
  const below = fc.constantFrom('', '/token', '/refresh', '/rate-limit')
  const right = fc.oneof(
    fc.constantFrom('/api/v1/connections', '/api/v1/openapi.json'),
    fc.tuple(id, below).map(([one, rest]) => `/api/v1/connections/${one}${rest}`),
    fc
      .tuple(id, often(fc.constantFrom('v1/posts', 'oauth/token/info', 'oauth/token', ''), oddText))
      .map(([one, rest]) => `/api/v1/proxy/${one}/${rest}`),
  )
  return often(
    right,
    fc.oneof(
      oddText.map((text) => `/api/v1/${text}`),
      fc.tuple(right, oddText).map((parts) => parts.join('')),
    ),
  )
}

function query(keys: readonly string[]): fc.Arbitrary<string> {
  const value = fc.oneof(
    fc.constantFrom(
      '',
      '0',
      '-1',
      '1',
      '50',
      '101',
      '1e9',
      '99999999999999999999',
      'NaN',
      'null',
      'true',
      '[]',
      '%00',
      '%ff',
      "'",
      'a'.repeat(5_000),
    ),
    fc.constantFrom('healthy', 'outstand', 'envoy', 'production', 'W10', 'eyJhIjoxfQ'),
    visible.map(encodeURIComponent),
  )
  const name = often(
    fc.constantFrom('limit', 'cursor', 'q', 'provider', 'status', 'environment', 'min_ttl_s'),
    fc.oneof(
      fc.constantFrom('__proto__', 'constructor', 'access_token', 'limit[]', '%00'),
      visible.map(encodeURIComponent),
    ),
  )
  const pairs = fc.array(
    fc.tuple(name, value).map((pair) => pair.join('=')),
    { minLength: 1, maxLength: 4 },
  )
  const withKey = fc.constantFrom(...keys).map((key) => `?key=${key}`)
  const parameters = pairs.map((each) => `?${each.join('&')}`)
  return fc.oneof(
    { weight: 5, arbitrary: fc.constant('') },
    { weight: 6, arbitrary: parameters },
    { weight: 1, arbitrary: withKey },
  )
}

function authorization(keys: readonly string[]): fc.Arbitrary<[string, string][]> {
  const good = fc.constantFrom(...keys).map((key) => `Bearer ${key}`)
  const bad = fc.oneof(
    fc.constantFrom(
      '',
      'Bearer',
      'Bearer ',
      'Basic YTpi',
      'bearer pbk_',
      'Bearer null',
      `Bearer ${'x'.repeat(3_000)}`,
    ),
    fc.constantFrom(...keys).map((key) => `Bearer ${key.slice(0, -1)}`),
    fc.constantFrom(...keys).map((key) => `Bearer ${key} ${key}`),
    visible.map((text) => `Bearer ${text}`),
  )
  const one = often(good, bad).map((value): [string, string] => ['authorization', value])
  return fc
    .array(one, { minLength: 0, maxLength: 1 })
    .chain((own) => often(fc.constant(own), fc.constant([...own, ...own])))
}

/** Latin-1, as Node takes headers; some are empty, long or given twice. */
const headerValue = fc.oneof(
  visible,
  fc.constantFrom(
    '',
    '*',
    'W/"g1"',
    '"',
    'W/"g1", "x"',
    ',,,',
    'wait=10',
    'wait=1e9',
    'gzip',
    'application/json',
    '0',
    '-1',
    'é'.repeat(20),
  ),
  fc.constant('z'.repeat(2_000)),
)
const header: fc.Arbitrary<[string, string]> = fc.tuple(
  fc.constantFrom(
    'if-none-match',
    'idempotency-key',
    'prefer',
    'accept',
    'content-type',
    'x-forwarded-for',
    'x-forwarded-host',
    'range',
    'cookie',
    'origin',
    'content-encoding',
    'x-http-method-override',
    'te',
    'forwarded',
  ),
  headerValue,
)

const body = fc.oneof(
  fc.constantFrom(
    '{}',
    '[]',
    'null',
    '0',
    '"x"',
    '{"generation":1}',
    '{"generation":1e999}',
    '{"generation":-1}',
    '{"__proto__":{}}',
    '{',
    '\0',
    '{"generation":"1"}',
  ),
  fc.json(),
  fc.constant('['.repeat(10_000)),
  fc.constant(`{"a":"${'x'.repeat(40_000)}"}`),
  visible,
)
