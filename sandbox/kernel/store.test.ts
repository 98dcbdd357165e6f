import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openStore } from './store'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandbox-store-'))
  file = join(folder, 'x.state.json')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const options = { version: 1, initial: () => ({ rows: [] as number[] }) }
const open = () => openStore(file, options)

describe('the state store', () => {
  it('has what was committed when the process was killed right after', async () => {
    const store = open()
    store.state.rows.push(1)
    await store.commit()
    expect(open().state.rows).toEqual([1])
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('answers each of many commits only when its own change is on disk', async () => {
    const store = open()
    await Promise.all(
      Array.from({ length: 40 }, async (_, n) => {
        store.state.rows.push(n)
        await store.commit()
        expect(open().state.rows).toContain(n)
      }),
    )
    expect(readdirSync(folder)).toEqual(['x.state.json'])
  })

  it('is not confused by a half-written temporary file', async () => {
    const store = open()
    store.state.rows.push(7)
    await store.commit()
    writeFileSync(`${file}.tmp`, '{"version":1,"sta')
    expect(open().state.rows).toEqual([7])
  })

  it.each([
    ['damaged', '{"version":1,"sta'],
    ['of another version', '{"version":2,"state":{"rows":[1]}}'],
    ['of another shape', '{"version":1,"state":{"rows":"many"}}'],
  ])('sets a file aside that is %s, and says so', (_, text) => {
    writeFileSync(file, text)
    const said: string[] = []
    const schema = z.object({ rows: z.array(z.number()) })
    const store = openStore(file, { ...options, schema }, (words) => said.push(words))
    expect(store.state).toEqual({ rows: [] })
    expect(said).toHaveLength(1)
    expect(readFileSync(`${file}.set-aside`, 'utf8')).toBe(text)
  })

  it('begins anew on reset', async () => {
    const store = open()
    store.state.rows.push(1)
    await store.reset()
    expect(open().state).toEqual({ rows: [] })
  })
})
