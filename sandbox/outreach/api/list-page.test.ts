import { describe, expect, it } from 'vitest'
import { type ListPage, listPage } from './list-page'
import type { ApiRecord } from './resources'

const all: ApiRecord[] = Array.from({ length: 120 }, (_, n) => ({
  id: n + 1,
  attributes: { name: `N${String(n).padStart(3, '0')}`, kind: n % 2 === 0 ? 'even' : 'odd' },
}))

function page(query: Record<string, string>): ListPage {
  const answer = listPage(all, new URLSearchParams(query))
  if ('parameter' in answer) throw new Error(`refused ${answer.parameter}`)
  return answer
}
const idsOf = (one: ListPage) => one.records.map((record) => record.id)

describe('cursor pages', () => {
  it('hold fifty records unless asked, and visit each record once', () => {
    const seen: number[] = []
    let after: string | undefined
    const sizes: number[] = []
    do {
      const one = page(after === undefined ? {} : { 'page[after]': after })
      sizes.push(one.records.length)
      seen.push(...idsOf(one))
      after = one.next
    } while (after !== undefined)
    expect(sizes).toEqual([50, 50, 20])
    expect(seen).toEqual(all.map((record) => record.id))
  })

  it('go back as they came', () => {
    const second = page({ 'page[size]': '30', 'page[after]': page({ 'page[size]': '30' }).next ?? '' })
    expect(idsOf(second)[0]).toBe(31)
    const back = page({ 'page[size]': '30', 'page[before]': second.prev ?? '' })
    expect(idsOf(back)).toEqual(idsOf(page({ 'page[size]': '30' })))
    expect(back.prev).toBeUndefined()
  })

  it('never overlap when fewer records are left before the cursor than a page holds', () => {
    const start = page({ 'page[size]': '10' })
    const after = page({ 'page[size]': '50', 'page[after]': start.next ?? '' })
    expect(idsOf(page({ 'page[size]': '50', 'page[before]': after.prev ?? '' }))).toEqual(idsOf(start))
  })
})

describe('queries', () => {
  it('filter by attribute and sort both ways', () => {
    expect(page({ 'filter[kind]': 'odd' }).count).toBe(60)
    expect(page({ 'filter[id]': '7,9' }).records).toHaveLength(2)
    expect(idsOf(page({ sort: '-name', 'page[size]': '2' }))).toEqual([120, 119])
  })

  it('still take the deprecated offset and limit', () => {
    expect(idsOf(page({ 'page[offset]': '118', 'page[limit]': '10' }))).toEqual([119, 120])
  })

  it.each([
    ['page[size]', '0'],
    ['page[size]', '1001'],
    ['page[size]', 'ten'],
    ['page[after]', 'bm9wZQ'],
    ['page[offset]', '10001'],
    ['count', 'maybe'],
    ['access_token', 'x'],
    ['page', '2'],
    ['include', 'owner'],
  ])('name the parameter that they cannot read: %s=%s', (name, value) => {
    expect(listPage(all, new URLSearchParams({ [name]: value }))).toEqual({ parameter: name })
  })
})
