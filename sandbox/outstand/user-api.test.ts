import { beforeEach, describe, expect, it } from 'vitest'
import { COLLECTION_NAMES } from './collections'
import { LENA, type TestOutstand, testOutstand } from './test-outstand'

let outstand: TestOutstand
let token: string
beforeEach(async () => {
  outstand = testOutstand()
  token = (await outstand.connect()).access_token
})

const rows = async (path: string) =>
  (await (await outstand.get(path, token)).json()) as Record<string, unknown>[]

describe('the eighteen collections', () => {
  it('are those of the document', () => {
    expect([...COLLECTION_NAMES].sort()).toEqual([
      'addresses',
      'channels',
      'clicks',
      'contacts',
      'emails',
      'event_categories',
      'events',
      'groups',
      'messages',
      'notes',
      'orders',
      'phones',
      'profiles',
      'quick_messages',
      'recipients',
      'saved_messages',
      'templates',
      'web_addresses',
    ])
  })

  it.each(COLLECTION_NAMES)('%s answers a bare list of rows, each found by its id', async (name) => {
    const list = await rows(`/api/v1/${name}.json`)
    expect(list.length).toBeGreaterThan(0)
    const id = list[0]?.id ?? list[0]?.slug
    const key = name === 'channels' ? list[0]?.slug : id
    const one = await outstand.get(`/api/v1/${name}/${key}.json`, token)
    expect([one.status, await one.json()]).toEqual([200, list[0]])
  })

  it('show a user under the own name and address in each profile', async () => {
    const joan = { full_name: 'Joan Mercer', email: 'joan@mercer-realty.example' }
    expect(await rows('/api/v1/profiles.json')).toMatchObject([joan, joan])
  })

  it('have 250 contacts: two pages of a hundred, one of fifty, and no fourth', async () => {
    const sizes = []
    for (const page of [1, 2, 3]) sizes.push((await rows(`/api/v1/contacts.json?page=${page}`)).length)
    expect(sizes).toEqual([100, 100, 50])
    const fourth = await outstand.get('/api/v1/contacts.json?page=4', token)
    expect([fourth.status, await fourth.text()]).toEqual([404, ''])
  })

  it('give each contact once, whatever the page size, and never more than a hundred', async () => {
    const seen = new Set<unknown>()
    for (let page = 1; page <= 7; page += 1)
      for (const { id } of await rows(`/api/v1/contacts.json?per_page=40&page=${page}`)) seen.add(id)
    expect(seen.size).toBe(250)
    expect(await rows('/api/v1/contacts.json?per_page=5000')).toHaveLength(100)
    expect(await rows('/api/v1/contacts.json?page=nonsense&per_page=0')).toHaveLength(100)
  })

  it('are found under their parents too', async () => {
    const [contact] = await rows('/api/v1/contacts.json?per_page=1')
    const emails = await rows(`/api/v1/contacts/${contact?.id}/emails.json`)
    expect(emails.length).toBeGreaterThan(0)
    for (const email of emails) expect(email.contact).toBe(`/contacts/${contact?.id}.json`)
    expect((await outstand.get('/api/v1/contacts/1/emails.json', token)).status).toBe(404)
  })

  it('have as many contacts in a group as the group says', async () => {
    for (const group of await rows('/api/v1/groups.json'))
      expect(await rows(`/api/v1/groups/${group.id}/contacts.json`)).toHaveLength(
        Number(group.contacts_count),
      )
  })

  it('belong to one person', async () => {
    const [mine] = await rows('/api/v1/contacts.json?per_page=1')
    const other = await outstand.connect({ person: LENA })
    const answer = await outstand.get(`/api/v1/contacts/${mine?.id}.json`, other.access_token)
    expect(answer.status).toBe(404)
  })

  it('answer an unknown collection with 404', async () => {
    for (const name of ['unknown.json', 'constructor.json', 'toString']) {
      expect((await outstand.get(`/api/v1/${name}`, token)).status).toBe(404)
    }
  })
})

describe('contacts', () => {
  it('are made with 201, the row and its location', async () => {
    const answer = await outstand.send('POST', '/api/v1/contacts.json', token, {
      first_name: 'Zoë',
      last_name: 'Quist',
      emails: [{ address: 'zoe@people.example' }],
    })
    expect(answer.status).toBe(201)
    const made = (await answer.json()) as Record<string, unknown>
    expect(made).toMatchObject({ full_name: 'Zoë Quist', primary_email: 'zoe@people.example' })
    const path = new URL(answer.headers.get('location') ?? '').pathname
    expect(await (await outstand.get(path, token)).json()).toEqual(made)
    expect(await rows('/api/v1/contacts.json?page=3')).toHaveLength(51)
  })

  it('without names are refused with 422 by attribute', async () => {
    const answer = await outstand.send('POST', '/api/v1/contacts.json', token, {})
    expect([answer.status, await answer.json()]).toEqual([
      422,
      { errors: { first_name: ["can't be blank"], last_name: ["can't be blank"] } },
    ])
  })

  it('are changed and deleted', async () => {
    const [contact] = await rows('/api/v1/contacts.json?per_page=1')
    const path = `/api/v1/contacts/${contact?.id}.json`
    const changed = await outstand.send('PUT', path, token, { first_name: 'Jack' })
    expect([changed.status, ((await changed.json()) as { first_name: string }).first_name]).toEqual([
      200,
      'Jack',
    ])
    expect((await outstand.send('DELETE', path, token)).status).toBe(204)
    expect((await outstand.get(path, token)).status).toBe(404)
    expect((await outstand.send('DELETE', path, token)).status).toBe(404)
    expect((await outstand.send('PUT', path, token, { first_name: 'x' })).status).toBe(404)
  })

  it('need the scope write to be changed', async () => {
    const narrow = await outstand.connect({ scope: 'identity read' })
    const answer = await outstand.send('POST', '/api/v1/contacts.json', narrow.access_token, {})
    expect([answer.status, await answer.text(), answer.headers.get('www-authenticate')]).toEqual([
      403,
      '',
      null,
    ])
  })
})

describe('a call without a good token', () => {
  it('gets 401 with an empty body and the reason in the header', async () => {
    const answer = await outstand.get('/api/v1/contacts.json', 'bad')
    expect([answer.status, await answer.text()]).toEqual([401, ''])
    expect(answer.headers.get('www-authenticate')).toContain('The access token is invalid')
  })
})
