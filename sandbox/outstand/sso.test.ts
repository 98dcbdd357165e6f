import { beforeEach, describe, expect, it } from 'vitest'
import { type TestOutstand, testOutstand } from './test-outstand'

let outstand: TestOutstand
let token: string
beforeEach(async () => {
  outstand = testOutstand()
  token = (await outstand.connect()).access_token
})

const forms: [string, () => [string, RequestInit]][] = [
  ['GET with the header', () => ['/sso', { headers: { authorization: `Bearer ${token}` } }]],
  ['POST with the header', () => ['/sso', { method: 'POST', headers: { authorization: `Bearer ${token}` } }]],
  ['GET with the parameter', () => [`/sso?access_token=${token}`, {}]],
  [
    'POST with the body',
    () => ['/sso', { method: 'POST', body: new URLSearchParams({ access_token: token }) }],
  ],
]

describe('single sign-on', () => {
  it.each(forms)('by %s ends signed in, on a page that says as whom and shows no token', async (_, form) => {
    const [path, init] = form()
    const answer = await outstand.app.request(path, init)
    const page = await answer.text()
    expect(answer.status).toBe(200)
    expect(page).toContain('Signed in as Joan Mercer')
    expect(page).not.toContain(token)
    const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    const front = await outstand.app.request('/', { headers: { cookie } })
    expect(await front.text()).toContain('Dashboard of Joan Mercer')
  })

  it('is refused without a token, with a dead one, and for an application', async () => {
    const application = await outstand.applicationToken()
    await outstand.run('expire')
    for (const path of [
      '/sso',
      '/sso?access_token=made-up',
      `/sso?access_token=${token}`,
      `/sso?access_token=${application}`,
    ]) {
      const answer = await outstand.app.request(path)
      expect([answer.status, answer.headers.get('set-cookie')]).toEqual([401, null])
    }
  })

  it('counts as the first use of the token', async () => {
    const { clientId, clientSecret } = outstand.appNamed('sandbox-outstand')
    const pair = await outstand.connect()
    const trade = () =>
      outstand.token({
        grant_type: 'refresh_token',
        refresh_token: pair.refresh_token,
        client_id: clientId ?? '',
        client_secret: clientSecret ?? '',
      })
    const next = (await (await trade()).json()) as { access_token: string }
    await outstand.app.request(`/sso?access_token=${next.access_token}`)
    expect((await trade()).status).toBe(400)
  })
})
