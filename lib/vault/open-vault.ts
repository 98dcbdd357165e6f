import { PatchbayError } from '../core/errors'
import { Secret } from '../core/secret'
import { decrypt, encrypt, ivBytes } from './aes-gcm'
import type { SealContext, Vault } from './vault'

/** One entry of ENCRYPTION_KEYS: `key` is base64 of 32 bytes. */
export type MasterKey = { id: string; key: Secret }

/** A data key as it is stored: sealed by a master key. */
export type StoredDataKey = { id: string; masterKeyId: string; keySealed: string }

/** Where data keys are kept. `ensureFirst` runs under a lock across processes, so a new installation gets one key, not two. */
export type DataKeyStore = {
  ensureFirst(make: () => StoredDataKey): Promise<void>
  /** Newest last. */
  list(): Promise<StoredDataKey[]>
}

export type OpenVaultOptions = {
  /** The first one seals. */
  masterKeys: readonly MasterKey[]
  store: DataKeyStore
  random: { bytes(count: number): Uint8Array }
  newKeyId(): string
}

const version = 'pb1'

/**
 * Opens every stored data key and returns the vault that seals under the newest.
 *
 * @throws PatchbayError `secret_unreadable`, naming the master key that is missing or wrong: a start must not go on without
 */
export async function openVault({ masterKeys, store, random, newKeyId }: OpenVaultOptions): Promise<Vault> {
  const masters = new Map(masterKeys.map(({ id, key }) => [id, Buffer.from(key.reveal(), 'base64')]))
  const [first] = masterKeys
  const sealing = first && masters.get(first.id)
  if (!first || !sealing) throw unreadable('ENCRYPTION_KEYS names no key.')

  await store.ensureFirst(() => {
    const id = newKeyId()
    const sealed = encrypt(sealing, random.bytes(ivBytes), dataKeyAad(id, first.id), random.bytes(32))
    return { id, masterKeyId: first.id, keySealed: sealed.toString('base64url') }
  })

  const keys = new Map<string, Uint8Array>()
  let newest: string | null = null
  for (const row of await store.list()) {
    keys.set(row.id, openDataKey(masters, row))
    newest = row.id
  }
  if (newest === null) throw unreadable('The database holds no data key.')
  return createVault(keys, newest, random)
}

function createVault(
  keys: ReadonlyMap<string, Uint8Array>,
  newest: string,
  random: OpenVaultOptions['random'],
): Vault {
  return {
    seal(secret, context) {
      const key = keys.get(newest)
      if (!key) throw unreadable('The newest data key is not open.')
      const sealed = encrypt(key, random.bytes(ivBytes), aad(newest, context), Buffer.from(secret.reveal()))
      return `${version}.${newest}.${sealed.toString('base64url')}`
    },
    open(sealed, context) {
      const [format, keyId = '', body = '', ...rest] = sealed.split('.')
      const key = keys.get(keyId)
      const where = `${context.table}.${context.field}`
      if (format !== version || rest.length > 0 || !key) {
        throw unreadable(`A stored secret (${where}) names a key that is not here.`)
      }
      try {
        return Secret.of(decrypt(key, aad(keyId, context), fromBase64url(body)).toString())
      } catch (cause) {
        throw unreadable(`A stored secret (${where}) does not open: it was changed or moved.`, cause)
      }
    },
  }
}

/** Node skips what is not base64url; a ciphertext has one spelling only. */
function fromBase64url(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.toString('base64url') !== text) throw new RangeError('not base64url')
  return bytes
}

function openDataKey(masters: ReadonlyMap<string, Uint8Array>, row: StoredDataKey): Uint8Array {
  const master = masters.get(row.masterKeyId)
  if (!master) {
    throw unreadable(`ENCRYPTION_KEYS lacks the key "${row.masterKeyId}", which the stored secrets need.`)
  }
  try {
    return decrypt(master, dataKeyAad(row.id, row.masterKeyId), fromBase64url(row.keySealed))
  } catch (cause) {
    throw unreadable(
      `The key "${row.masterKeyId}" of ENCRYPTION_KEYS is not the one that sealed the stored secrets.`,
      cause,
    )
  }
}

function aad(keyId: string, { table, rowId, field }: SealContext): string {
  return JSON.stringify([version, keyId, table, rowId, field])
}

function dataKeyAad(id: string, masterKeyId: string): string {
  return JSON.stringify([version, 'data_key', id, masterKeyId])
}

function unreadable(message: string, cause?: unknown): PatchbayError {
  return new PatchbayError('secret_unreadable', message, {}, { cause })
}
