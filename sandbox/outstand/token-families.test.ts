import { beforeEach, describe, expect, it } from 'vitest'
import { whiteLabelToken } from './apps'
import { JOAN, LENA, type TestOutstand, testOutstand } from './test-outstand'

let outstand: TestOutstand
let application: string
beforeEach(async () => {
  outstand = testOutstand()
  application = await outstand.applicationToken()
})

type UserDocument = {
  username: string
  status: string
  oauth2_token: { access_token: string; refresh_token: string; scope: string } | null
}
const person = {
  username: 'new.person',
  password: 'a good one',
  first_name: 'New',
  last_name: 'Person',
  email: 'new@crestline.example',
}
const usersPath = () => `/api/v1/white_labels/${whiteLabelToken(outstand.context)}/users`
const create = (json: unknown) => outstand.send('POST', usersPath(), application, json)

describe('the two families of tokens', () => {
  it('are refused on each other’s paths with 403 and an empty body', async () => {
    const user = await outstand.connect({ person: LENA, app: 'sandbox-outstand-whitelabel' })
    for (const [path, token] of [
      ['/api/v1/contacts.json', application],
      ['/api/v1/users.json', user.access_token],
      ['/api/v1/users/user14870.json', user.access_token],
    ] as const) {
      const answer = await outstand.get(path, token)
      expect([path, answer.status, await answer.text()]).toEqual([path, 403, ''])
    }
    expect((await outstand.send('POST', usersPath(), user.access_token, person)).status).toBe(403)
  })

  it('work on their own paths', async () => {
    const user = await outstand.connect({ person: JOAN })
    expect((await outstand.get('/api/v1/contacts.json', user.access_token)).status).toBe(200)
    expect((await outstand.get('/api/v1/users.json', application)).status).toBe(200)
  })

  it('an app without the grant gets no application token', async () => {
    const { clientId, clientSecret } = outstand.appNamed('sandbox-outstand')
    const answer = await outstand.token({
      grant_type: 'client_credentials',
      client_id: clientId ?? '',
      client_secret: clientSecret ?? '',
    })
    expect([answer.status, ((await answer.json()) as { error: string }).error]).toEqual([
      401,
      'unauthorized_client',
    ])
  })
})

describe('the users of a white label', () => {
  it('are listed in pages, and a missing page is 400', async () => {
    const list = (await (await outstand.get('/api/v1/users.json', application)).json()) as UserDocument[]
    expect(list.map(({ username }) => username)).toEqual(['user14870', 'user14871', 'user14872'])
    const second = await outstand.get('/api/v1/users.json?per_page=2&page=2', application)
    expect((await second.json()) as UserDocument[]).toHaveLength(1)
    const missing = await outstand.get('/api/v1/users.json?page=2', application)
    expect([missing.status, await missing.text()]).toEqual([400, ''])
  })

  it('are made with 201, a location and a pair of tokens that works', async () => {
    const answer = await create(person)
    expect(answer.status).toBe(201)
    expect(answer.headers.get('location')).toBe(`${outstand.context.baseUrl}/api/v1/users/new.person.json`)
    const made = (await answer.json()) as UserDocument
    expect(made).toMatchObject({ status: 'active', oauth2_token: { scope: 'identity read write' } })
    const token = made.oauth2_token?.access_token ?? ''
    const contacts = (await (await outstand.get('/api/v1/contacts.json', token)).json()) as unknown[]
    expect(contacts).toHaveLength(100)
  })

  it('are refused when something is missing or taken', async () => {
    const missing = await create({ ...person, email: ' ', last_name: undefined })
    expect([missing.status, await missing.json()]).toEqual([
      422,
      { errors: { last_name: ["can't be blank"], email: ["can't be blank"] } },
    ])
    await create(person)
    const taken = await create(person)
    expect(await taken.json()).toEqual({
      errors: { username: ['has already been taken'], email: ['has already been taken'] },
    })
    expect((await create('no object')).status).toBe(422)
  })

  it('belong to the white label that is named', async () => {
    const answer = await outstand.send('POST', '/api/v1/white_labels/another/users', application, person)
    expect(answer.status).toBe(404)
  })

  it('show their last valid pair, after it has expired too', async () => {
    await create(person)
    outstand.context.clock.advance(7_200_000)
    application = await outstand.applicationToken()
    const answer = await outstand.get('/api/v1/users/new.person.json', application)
    const { oauth2_token } = (await answer.json()) as UserDocument
    expect((await outstand.get('/api/v1/contacts.json', oauth2_token?.access_token)).status).toBe(401)
    const { clientId, clientSecret } = outstand.appNamed('sandbox-outstand-whitelabel')
    const renewed = await outstand.token({
      grant_type: 'refresh_token',
      refresh_token: oauth2_token?.refresh_token ?? '',
      client_id: clientId ?? '',
      client_secret: clientSecret ?? '',
    })
    expect(renewed.status).toBe(200)
    expect((await outstand.get('/api/v1/users/nobody.json', application)).status).toBe(404)
  })

  it('are disabled, activated and deleted, and their tokens follow', async () => {
    const made = (await (await create(person)).json()) as UserDocument
    const token = made.oauth2_token?.access_token ?? ''
    const path = '/api/v1/users/new.person.json'
    const status = async () => (await outstand.get('/api/v1/contacts.json', token)).status
    expect((await outstand.send('PATCH', path, application, { status: 'disabled' })).status).toBe(204)
    expect(await status()).toBe(401)
    expect((await outstand.send('PATCH', path, application, { status: 'active' })).status).toBe(204)
    expect(await status()).toBe(200)
    expect((await outstand.send('PATCH', path, application, { status: 'dunning' })).status).toBe(400)
    expect((await outstand.send('DELETE', path, application)).status).toBe(204)
    expect((await outstand.send('DELETE', path, application)).status).toBe(404)
    expect(await status()).toBe(401)
  })

  it('that have not chosen a plan cannot be disabled', async () => {
    await outstand.run('user-status', { person: LENA, status: 'needs_plan' })
    const answer = await outstand.send('PATCH', '/api/v1/users/user14870.json', application, {
      status: 'disabled',
    })
    expect(answer.status).toBe(422)
  })
})
