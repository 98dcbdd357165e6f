import { describe, expect, it } from 'vitest'
import { parseBody, single } from './body'

const bytes = (text: string) => new TextEncoder().encode(text)

describe('a body is read by its content type alone', () => {
  it('as a form, with odd characters decoded', async () => {
    const body = await parseBody(
      bytes('client_secret=a%2Bb%2F%3D%26%25&scope=users.read+accounts.all'),
      'application/x-www-form-urlencoded; charset=utf-8',
    )
    expect(body.kind).toBe('form')
    expect(single(body.fields, 'client_secret')).toBe('a+b/=&%')
    expect(single(body.fields, 'scope')).toBe('users.read accounts.all')
  })

  it('as JSON, lists as several values', async () => {
    const body = await parseBody(
      bytes('{"grant_type":"password","scope":["a","b"],"n":3}'),
      'application/json',
    )
    expect(body.kind).toBe('json')
    expect(body.fields.get('scope')).toEqual(['a', 'b'])
    expect(single(body.fields, 'n')).toBe('3')
  })

  it('as JSON:API, told apart from JSON', async () => {
    const body = await parseBody(bytes('{"data":{"type":"install"}}'), 'application/vnd.api+json')
    expect(body.kind).toBe('json_api')
    expect(body.json).toEqual({ data: { type: 'install' } })
  })

  it('as multipart', async () => {
    const form = new FormData()
    form.set('grant_type', 'plugin_install')
    form.set('install_id', '42')
    const request = new Response(form)
    const contentType = request.headers.get('content-type') ?? ''
    const body = await parseBody(new Uint8Array(await request.arrayBuffer()), contentType)
    expect(body.kind).toBe('multipart')
    expect(single(body.fields, 'install_id')).toBe('42')
  })

  it('never as what it was not sent as', async () => {
    expect((await parseBody(bytes('a=1'), 'text/plain')).kind).toBe('other')
    expect((await parseBody(bytes('a=1'), '')).fields.size).toBe(0)
    expect((await parseBody(bytes('{"a":'), 'application/json')).kind).toBe('malformed')
    expect((await parseBody(bytes('a=1'), 'multipart/form-data')).kind).toBe('malformed')
    expect((await parseBody(bytes(''), 'application/json')).kind).toBe('none')
  })

  it('and a field given twice has no single value', async () => {
    const body = await parseBody(bytes('code=a&code=b&state='), 'application/x-www-form-urlencoded')
    expect(body.fields.get('code')).toEqual(['a', 'b'])
    expect(single(body.fields, 'code')).toBeUndefined()
    expect(single(body.fields, 'state')).toBeUndefined()
  })
})
