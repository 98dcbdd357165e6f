import { expect, test } from 'vitest'
import { type ReadToken, TokenCache } from './token-cache'

const minTtlMs = 60_000

/** A cache over tokens that live `expiresInS`, at a time that stands still until it is set. */
function world(expiresInS: number | null) {
  const at = { ms: 0, generation: 1 }
  const asked: (string | null)[] = []
  const answers: (() => ReadToken | 'unchanged')[] = []
  const next = (): ReadToken => ({
    etag: `W/"g${at.generation}"`,
    expiresInS,
    token: {
      accessToken: `token ${at.generation}`,
      expiresAt: null,
      generation: at.generation,
      apiBaseUrl: '',
    },
  })
  const read = async (_id: string, etag: string | null) => {
    asked.push(etag)
    return (answers.shift() ?? next)()
  }
  return { at, asked, answers, next, cache: new TokenCache(read, minTtlMs, () => at.ms) }
}

test('a token is used until a minute before its end, then asked about with its ETag', async () => {
  const { at, asked, cache } = world(3_600)
  await cache.get('con_1')
  at.ms = 3_539_999
  await cache.get('con_1')
  expect(asked).toEqual([null])
  at.ms = 3_540_000
  at.generation = 2
  expect((await cache.get('con_1')).accessToken).toBe('token 2')
  expect(asked).toEqual([null, 'W/"g1"'])
})

test('one that Patchbay calls unchanged is used on, though never beyond its end', async () => {
  const { at, asked, answers, cache } = world(3_600)
  await cache.get('con_1')
  for (const ms of [3_540_000, 3_595_000]) {
    at.ms = ms
    answers.push(() => 'unchanged')
    expect((await cache.get('con_1')).accessToken).toBe('token 1')
    await cache.get('con_1')
  }
  at.ms = 3_600_000
  await cache.get('con_1')
  expect(asked).toEqual([null, 'W/"g1"', 'W/"g1"', null])
})

test('one without a known end is asked about after a while', async () => {
  const { at, asked, cache } = world(null)
  await cache.get('con_1')
  at.ms = 9_999
  await cache.get('con_1')
  at.ms = 10_000
  await cache.get('con_1')
  expect(asked).toEqual([null, 'W/"g1"'])
})

test('what was forgotten while it was read is asked for again, and a fault is not kept', async () => {
  const { asked, answers, cache } = world(3_600)
  const first = cache.get('con_1')
  cache.forget('con_1')
  await Promise.all([first, cache.get('con_1')])
  expect(asked).toEqual([null, null])
  const late = cache.get('con_3')
  cache.forget('con_3')
  await late
  await cache.get('con_3')
  expect(asked).toHaveLength(4)
  answers.push(() => {
    throw new Error('away')
  })
  await expect(cache.get('con_2')).rejects.toThrow('away')
  await expect(cache.get('con_2')).resolves.toMatchObject({ accessToken: 'token 1' })
})
