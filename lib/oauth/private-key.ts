import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPair as generate,
  type KeyObject,
} from 'node:crypto'
import { promisify } from 'node:util'
import { Secret } from '../core/secret'

/** An RSA key pair, normalised. `fingerprint` is SHA-256 over the public key's DER, as hex. */
export type PrivateKey = { privateKey: Secret; publicKeyPem: string; fingerprint: string; bits: number }

export type PrivateKeyRefusal = {
  kind: 'refused'
  code: 'empty' | 'public' | 'not_rsa' | 'encrypted' | 'short' | 'long' | 'unreadable'
  words: string
}

export type PrivateKeyReading = ({ kind: 'ok' } & PrivateKey) | PrivateKeyRefusal

const bitsMin = 2048
const bitsMax = 8192
const textMax = 40_000

/**
 * Reads an RSA private key as people paste it: PKCS#1 or PKCS#8 PEM, line breaks real, `\n`-escaped or lost, in quotes, or as
 * base64 of the PEM or of its DER (RFC 7468, RFC 8017 A.1.2).
 *
 * @returns the key as PKCS#8 PEM with its public half, or why it is refused
 */
export function readPrivateKey(text: string): PrivateKeyReading {
  if (text.length > textMax) return refusals.unreadable
  const pem = unwrap(text)
  if (pem === '') return refusals.empty
  const blocks = pemBlocks(pem)
  if (blocks.length > 0) return readBlocks(blocks)
  if (pem.includes('-----')) return refusals.unreadable
  const bytes = fromBase64(pem)
  if (bytes === null) return refusals.unreadable
  const inner = pemBlocks(unwrap(bytes.toString('latin1')))
  return inner.length > 0 ? readBlocks(inner) : readDer(bytes, ['pkcs8', 'pkcs1'])
}

/** Makes a new RSA key pair of 2048 bits, the size of Outreach's own instructions (providers.md 1.5). */
export async function generateKeyPair(): Promise<PrivateKey> {
  const { privateKey } = await promisify(generate)('rsa', { modulusLength: bitsMin })
  return normalise(privateKey, bitsMin)
}

type Block = { label: string; body: string }

const pemShape = /-----BEGIN ([A-Z0-9 ]{1,40})-----([\s\S]*?)-----END \1-----/g

function pemBlocks(text: string): Block[] {
  return [...text.matchAll(pemShape)].map(([, label = '', body = '']) => ({ label, body }))
}

function readBlocks(blocks: readonly Block[]): PrivateKeyReading {
  const block = blocks.find(({ label }) => label.endsWith('PRIVATE KEY')) ?? blocks[0]
  if (!block) return refusals.unreadable
  const { label, body } = block
  if (label === 'ENCRYPTED PRIVATE KEY' || /ENCRYPTED/.test(body)) return refusals.encrypted
  if (label.endsWith('PUBLIC KEY') || label.includes('CERTIFICATE')) return refusals.public
  if (label === 'EC PRIVATE KEY' || label === 'DSA PRIVATE KEY') return refusals.not_rsa
  const bytes = fromBase64(body)
  if (bytes === null) return refusals.unreadable
  if (label === 'PRIVATE KEY') return readDer(bytes, ['pkcs8'])
  if (label === 'RSA PRIVATE KEY') return readDer(bytes, ['pkcs1'])
  return refusals.unreadable
}

function readDer(bytes: Buffer, types: readonly ('pkcs1' | 'pkcs8')[]): PrivateKeyReading {
  for (const type of types) {
    const key = tryKey(() => createPrivateKey({ key: bytes, format: 'der', type }))
    if (key) return check(key)
  }
  const isPublic = (['spki', 'pkcs1'] as const).some((type) =>
    tryKey(() => createPublicKey({ key: bytes, format: 'der', type })),
  )
  return isPublic ? refusals.public : refusals.unreadable
}

function check(key: KeyObject): PrivateKeyReading {
  if (key.asymmetricKeyType !== 'rsa') return refusals.not_rsa
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  if (bits < bitsMin) return refusals.short
  if (bits > bitsMax) return refusals.long
  return { kind: 'ok', ...normalise(key, bits) }
}

function normalise(key: KeyObject, bits: number): PrivateKey {
  const publicKey = createPublicKey(key)
  const der = publicKey.export({ type: 'spki', format: 'der' })
  return {
    privateKey: Secret.of(key.export({ type: 'pkcs8', format: 'pem' }).toString()),
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    fingerprint: createHash('sha256').update(der).digest('hex'),
    bits,
  }
}

function tryKey(make: () => KeyObject): KeyObject | null {
  try {
    return make()
  } catch {
    return null
  }
}

function unwrap(text: string): string {
  return text
    .trim()
    .replace(/^(["'])([\s\S]*)\1$/, '$2')
    .replace(/\\r/g, '')
    .replace(/\\n/g, '\n')
    .trim()
}

function fromBase64(text: string): Buffer | null {
  const body = text.replace(/\s+/g, '')
  if (body === '' || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(body)) return null
  return Buffer.from(body, 'base64')
}

const refusals: Readonly<Record<PrivateKeyRefusal['code'], PrivateKeyRefusal>> = {
  empty: { kind: 'refused', code: 'empty', words: 'There is no key in it.' },
  public: {
    kind: 'refused',
    code: 'public',
    words:
      'This is a public key or a certificate. Paste the private key here; the public one goes to Outreach.',
  },
  not_rsa: {
    kind: 'refused',
    code: 'not_rsa',
    words:
      'This is not an RSA key. Outreach checks RS256 signatures, so the key must be RSA with 2048 bits or more.',
  },
  encrypted: {
    kind: 'refused',
    code: 'encrypted',
    words:
      'This key is locked with a passphrase. Unlock it first: openssl pkey -in key.pem -out unlocked.pem',
  },
  short: { kind: 'refused', code: 'short', words: 'This RSA key is too short: it needs 2048 bits or more.' },
  long: {
    kind: 'refused',
    code: 'long',
    words: 'This RSA key is longer than 8192 bits, which makes every call slow.',
  },
  unreadable: {
    kind: 'refused',
    code: 'unreadable',
    words:
      'This is not a private key that can be read. It should be the whole PEM text, from -----BEGIN to -----END, or its base64.',
  },
}
