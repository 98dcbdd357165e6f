import { randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Secret } from '../core/secret'
import { type DataKeyStore, type MasterKey, openVault, type StoredDataKey } from './open-vault'

const random = { bytes: (count: number) => randomBytes(count) }
const context = { table: 'token_pair', rowId: 'con_1', field: 'access_token_sealed' }

function masterKey(id: string): MasterKey {
  return { id, key: Secret.of(randomBytes(32).toString('base64')) }
}

/** A store over an array: the vault takes storage as an argument, so this is an implementation, not a mock. */
function memoryStore(rows: StoredDataKey[] = []): DataKeyStore & { rows: StoredDataKey[] } {
  return {
    rows,
    ensureFirst: async (make) => {
      if (rows.length === 0) rows.push(make())
    },
    list: async () => rows,
  }
}

async function open(masterKeys: MasterKey[], store: DataKeyStore = memoryStore()) {
  let made = 0
  return openVault({ masterKeys, store, random, newKeyId: () => `key_${made++}` })
}

describe('the vault', () => {
  it('opens what it sealed, for any text', async () => {
    const vault = await open([masterKey('a')])
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const clear = Buffer.from(text).toString()
        expect(vault.open(vault.seal(Secret.of(clear), context), context).reveal()).toBe(clear)
      }),
    )
  })

  it('never writes the same ciphertext twice, and names its key in it', async () => {
    const vault = await open([masterKey('a')])
    const sealed = [1, 2, 3].map(() => vault.seal(Secret.of('same'), context))
    expect(new Set(sealed).size).toBe(3)
    for (const text of sealed) expect(text).toMatch(/^pb1\.key_0\.[\w-]+$/)
  })

  it.each([
    ['another row', { ...context, rowId: 'con_2' }],
    ['another field', { ...context, field: 'refresh_token_sealed' }],
    ['another table', { ...context, table: 'connect_flow' }],
  ])('does not open in %s', async (_, elsewhere) => {
    const vault = await open([masterKey('a')])
    const sealed = vault.seal(Secret.of('token'), context)
    expect(() => vault.open(sealed, elsewhere)).toThrowError(/does not open/)
  })

  it('does not open after any single bit was flipped', async () => {
    const vault = await open([masterKey('a')])
    const sealed = vault.seal(Secret.of('a token'), context)
    const [version, keyId, body = ''] = sealed.split('.')
    const bytes = Buffer.from(body, 'base64url')
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = Buffer.from(bytes)
      const at = bit >> 3
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (bit & 7))
      expect(() => vault.open(`${version}.${keyId}.${flipped.toString('base64url')}`, context)).toThrow()
    }
  })

  it('does not open when cut short, lengthened or re-spelt', async () => {
    const vault = await open([masterKey('a')])
    const sealed = vault.seal(Secret.of('a token'), context)
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => vault.open(sealed.slice(0, length), context)).toThrow()
    }
    for (const changed of [
      `${sealed}A`,
      `${sealed}.A`,
      `${sealed}=`,
      ` ${sealed}`,
      sealed.replace('pb1', 'pb2'),
    ]) {
      expect(() => vault.open(changed, context)).toThrow()
    }
  })

  it('fails at start, naming the key, when a master key is missing or wrong', async () => {
    const store = memoryStore()
    const key = masterKey('a')
    await open([key], store)
    await expect(open([masterKey('b')], store)).rejects.toThrowError(/lacks the key "a"/)
    await expect(open([masterKey('a')], store)).rejects.toThrowError(/"a" .* is not the one/)
    await expect(open([], store)).rejects.toThrowError(/names no key/)
  })

  it('opens old secrets after a new master key was put first', async () => {
    const store = memoryStore()
    const key = masterKey('a')
    const sealed = (await open([key], store)).seal(Secret.of('old'), context)
    expect((await open([masterKey('b'), key], store)).open(sealed, context).reveal()).toBe('old')
    expect(store.rows).toHaveLength(1)
  })

  it('says nothing of the secret in its errors', async () => {
    const vault = await open([masterKey('a')])
    const sealed = vault.seal(Secret.of('very-secret'), context)
    const thrown: unknown[] = []
    try {
      vault.open(sealed, { ...context, rowId: 'x' })
    } catch (error) {
      thrown.push(error, JSON.stringify(error), inspect(error))
    }
    expect(thrown).toHaveLength(3)
    expect(thrown.join(' ')).not.toContain('very-secret')
    expect(thrown.join(' ')).not.toContain(sealed.split('.')[2])
  })
})
