import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { examplesOf } from './examples'

const call = {
  method: 'POST',
  url: "https://patchbay.example/api/v1/connections/con_1/refresh?a=b&c='d'",
  headers: { 'idempotency-key': 'nightly-1' },
}
const [curl, typescript, python] = examplesOf(call).map(({ code }) => code)

describe('each example', () => {
  it('takes its key from the environment', () => {
    for (const { code } of examplesOf(call)) expect(code).toContain('PATCHBAY_KEY')
  })

  it('is what a shell reads as one command with these arguments', () => {
    const said = execFileSync('sh', ['-c', `curl() { printf '%s\\n' "$@"; }; PATCHBAY_KEY=k; ${curl}`])
    expect(said.toString().trim().split('\n')).toEqual([
      '-X',
      'POST',
      call.url,
      '-H',
      'Authorization: Bearer k',
      '-H',
      'idempotency-key: nightly-1',
    ])
  })

  it('is a script that asks for that address', async () => {
    expect(typescript).toContain("method: 'POST'")
    expect(typescript).toContain("/refresh?a=b&c=\\'d\\''")
    expect(() => new Function(`return async () => { ${typescript} }`)).not.toThrow()
  })

  it('is Python with strings in double quotes', () => {
    expect(python).toContain(JSON.stringify(call.url))
    expect(python).toContain('method="POST"')
  })
})

it('says no method where it is GET', () => {
  const codes = examplesOf({ method: 'GET', url: 'https://patchbay.example/' }).map(({ code }) => code)
  expect(codes[0]).toMatch(/^curl 'https:/)
  expect(codes.join('\n')).not.toContain('method')
})
