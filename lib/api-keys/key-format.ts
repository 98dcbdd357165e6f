import { hash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { Secret } from '../core/secret'
import type { Random } from '../deps'

const prefix = 'pbk_'
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const randomLength = 32
const checksumLength = 6
const hintLength = 10
const shape = /^pbk_[0-9A-Za-z]{38}$/

/** Bytes from here on would make the first digits likelier than the rest. */
const fairBytes = 256 - (256 % digits.length)

/**
 * A new API key: `pbk_`, 32 random digits of base 62 (190 bits), and the CRC-32 of all that as six more digits. By prefix and checksum a
 * secret scanner finds it in a repository, and a mistyped one is told without a look into the database.
 */
export function newKey(random: Random): Secret {
  let body = prefix
  while (body.length < prefix.length + randomLength) {
    const fair = [...random.bytes(randomLength)].filter((byte) => byte < fairBytes)
    body += fair.map((byte) => digits.charAt(byte % digits.length)).join('')
  }
  const kept = body.slice(0, prefix.length + randomLength)
  return Secret.of(kept + checksum(kept))
}

/** Whether `text` has the form of a key and its checksum fits. */
export function isKey(text: string): boolean {
  return shape.test(text) && checksum(text.slice(0, -checksumLength)) === text.slice(-checksumLength)
}

/** What the database keeps of a key: SHA-256 in hex. The key is random, so that a slow hash would protect nothing (decision 030). */
export function hashKey(key: Secret): string {
  return hash('sha256', key.reveal(), 'hex')
}

/** The beginning of a key, to know it by: six random digits of it. */
export function keyHint(key: Secret): string {
  return key.reveal().slice(0, hintLength)
}

function checksum(body: string): string {
  let text = ''
  for (let rest = crc32(body); text.length < checksumLength; rest = Math.floor(rest / digits.length)) {
    text = digits.charAt(rest % digits.length) + text
  }
  return text
}
