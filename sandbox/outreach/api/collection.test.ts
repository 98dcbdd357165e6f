import { describe, expect, it } from 'vitest'
import { ORGS, type Org } from '../data/orgs'
import {
  answerCreate,
  answerDelete,
  answerList,
  answerRecord,
  answerUpdate,
  type CollectionView,
} from './collection'
import { RESOURCES } from './resources'

const nowMs = Date.UTC(2026, 0, 5, 9)

function view(path: string, org: Org | undefined = ORGS[0], changed: CollectionView['changed'] = {}) {
  const kind = RESOURCES.find((one) => one.path === path)
  if (kind === undefined || org === undefined) throw new Error(`no collection ${path}`)
  return { kind, org, changed, address: `https://outreach.example/api/v2/${path}` }
}
const list = async (one: CollectionView, query = '') => answerList(one, new URLSearchParams(query)).json()

describe('a list', () => {
  it('shows records with numbers as ids, and the way to the next page on the same origin', async () => {
    const body = await list(view('prospects'), 'page[size]=2&sort=id')
    expect(body.data).toHaveLength(2)
    expect(body.data[0]).toMatchObject({ type: 'prospect', id: expect.any(Number) })
    expect(body.data[0].links.self).toBe(`https://outreach.example/api/v2/prospects/${body.data[0].id}`)
    const next = new URL(body.links.next)
    expect(next.origin).toBe('https://outreach.example')
    const second = await list(view('prospects'), next.searchParams.toString())
    expect(second.data[0].id).toBe(body.data[1].id + 1)
    expect(second.links.prev).toContain('page%5Bbefore%5D=')
  })

  it('counts only when asked', async () => {
    expect(await list(view('accounts'))).not.toHaveProperty('meta')
    expect(await list(view('accounts'), 'count=true')).toMatchObject({ meta: { count: 120 } })
  })

  it('shows only the fields that were asked for', async () => {
    const body = await list(view('accounts'), 'fields[account]=name&page[size]=1')
    expect(Object.keys(body.data[0].attributes)).toEqual(['name'])
  })

  it('never shows records of another org', async () => {
    const idsOf = async (org: Org | undefined) =>
      (await list(view('tasks', org))).data.map((one: { id: number }) => one.id)
    const [a, b] = [await idsOf(ORGS[0]), await idsOf(ORGS[1])]
    expect(a.filter((id: number) => b.includes(id))).toEqual([])
    expect(answerRecord(view('tasks', ORGS[1]), String(a[0])).status).toBe(404)
  })

  it('names a query parameter that it does not take', async () => {
    const answer = answerList(view('accounts'), new URLSearchParams('page[size]=0'))
    expect(answer.status).toBe(400)
    expect((await answer.json()).errors[0].detail).toContain('page[size]')
  })
})

describe('writing', () => {
  const accounts = () => view('accounts', ORGS[0], {})
  const document = (attributes: Record<string, unknown>, id?: number) => ({
    data: { type: 'account', id, attributes },
  })

  it('creates, changes and deletes one record', async () => {
    const one = accounts()
    const created = await answerCreate(one, document({ name: 'New Ltd' }), nowMs).json()
    const id = created.data.id
    expect(created.data.attributes.createdAt).toBe('2026-01-05T09:00:00.000Z')
    expect(answerUpdate(one, String(id), document({ name: 'Newer Ltd' }, id), nowMs).status).toBe(200)
    expect((await answerRecord(one, String(id)).json()).data.attributes.name).toBe('Newer Ltd')
    expect(answerDelete(one, String(id)).status).toBe(204)
    expect(answerRecord(one, String(id)).status).toBe(404)
    expect((await list(one, 'count=true')).meta.count).toBe(120)
  })

  it.each([
    ['a missing name', document({ domain: 'x.example' }), '/data/attributes/name'],
    ['another type', { data: { type: 'prospect', attributes: {} } }, '/data/type'],
    ['no document at all', { name: 'x' }, '/data'],
    ['text', 'x', '/'],
  ])('refuses %s with a pointer', async (_name, body, pointer) => {
    const answer = answerCreate(accounts(), body, nowMs)
    expect(answer.status).toBe(422)
    expect((await answer.json()).errors[0]).toMatchObject({ id: 'validationError', source: { pointer } })
  })

  it('refuses an update that names another id or empties a needed attribute', async () => {
    const one = accounts()
    const id = (await list(one, 'page[size]=1')).data[0].id
    const pointerOf = async (answer: Response) => (await answer.json()).errors[0].source.pointer
    expect(await pointerOf(answerUpdate(one, String(id), document({}, id + 1), nowMs))).toBe('/data/id')
    expect(await pointerOf(answerUpdate(one, String(id), document({ name: '' }, id), nowMs))).toBe(
      '/data/attributes/name',
    )
    expect(answerUpdate(one, '1', document({}, 1), nowMs).status).toBe(404)
    expect(answerDelete(one, '1').status).toBe(404)
  })
})
