import { createCipheriv, createDecipheriv } from 'node:crypto'

const ivBytes = 12
const tagBytes = 16

/** AES-256-GCM (NIST SP 800-38D): initialisation vector, ciphertext and tag in one buffer. `iv` is never used twice with a key. */
export function encrypt(key: Uint8Array, iv: Uint8Array, aad: string, clear: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes })
  cipher.setAAD(Buffer.from(aad))
  return Buffer.concat([iv, cipher.update(clear), cipher.final(), cipher.getAuthTag()])
}

/** @throws Error when key, `aad` or a single bit differ */
export function decrypt(key: Uint8Array, aad: string, sealed: Uint8Array): Buffer {
  if (sealed.length < ivBytes + tagBytes) throw new RangeError('ciphertext is too short')
  const tagAt = sealed.length - tagBytes
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, ivBytes), {
    authTagLength: tagBytes,
  })
  decipher.setAAD(Buffer.from(aad))
  decipher.setAuthTag(sealed.subarray(tagAt))
  return Buffer.concat([decipher.update(sealed.subarray(ivBytes, tagAt)), decipher.final()])
}

export { ivBytes }
