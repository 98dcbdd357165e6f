import { describe, expect, it } from 'vitest'
import { createApiWindow } from './api-window'
import { v1Page } from './v1-list'

const ITEMS = ['b', 'c', 'a'].map((id) => ({ id }))

function page(query: string) {
  return v1Page(ITEMS, new URLSearchParams(query))
}

describe('v1Page', () => {
  it.each([
    ['', ['b', 'c', 'a'], { page: 1, perPage: 10, total: 3 }],
    ['perPage=2&page=2', ['a'], { page: 2, perPage: 2, total: 3 }],
    ['page=9', [], { page: 9, perPage: 10, total: 3 }],
    ['sort=id', ['a', 'b', 'c'], { page: 1, perPage: 10, total: 3 }],
    ['sort=id&order=DESC&perPage=1', ['c'], { page: 1, perPage: 1, total: 3 }],
  ])('cuts the page of "%s"', (query, ids, meta) => {
    expect(page(query)).toEqual({ ok: true, page: { data: ids.map((id) => ({ id })), meta } })
  })

  it.each(['page=0', 'page=-1', 'page=x', 'perPage=0', 'perPage=101', 'order=up', 'sort=nothing'])(
    'refuses %s',
    (query) => {
      expect(page(query).ok).toBe(false)
    },
  )
})

describe('createApiWindow', () => {
  const limit = { limit: 2, windowS: 60, retryAfter: false }

  it('lets the limit pass in each window, counts companies apart, and tells the seconds left', () => {
    const window = createApiWindow()
    const startMs = 60_000_000
    const taken = [0, 1_000, 45_500].map((atMs) => window.take('1', limit, startMs + atMs))
    expect(taken).toEqual([null, null, 15])
    expect(window.take('2', limit, startMs + 45_500)).toBeNull()
    expect(window.take('1', limit, startMs + 60_000)).toBeNull()
  })
})
