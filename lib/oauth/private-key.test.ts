import { createPublicKey, createSign, createVerify, generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { generateKeyPair, readPrivateKey } from './private-key'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pkcs8 = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const pkcs1 = rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
const publicPem = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString()

const pasted: [string, string][] = [
  ['PKCS#8 PEM', pkcs8],
  ['PKCS#1 PEM', pkcs1],
  ['PEM with escaped line breaks', pkcs8.replaceAll('\n', '\\n')],
  ['PKCS#1 PEM with escaped CRLF in quotes', `"${pkcs1.replaceAll('\n', '\\r\\n')}"`],
  ['PEM with Windows line breaks', pkcs1.replaceAll('\n', '\r\n')],
  ['PEM pasted into one line', pkcs8.replaceAll('\n', ' ')],
  ['indented PEM', pkcs8.replaceAll('\n', '\n    ')],
  ['PEM with words around it', `here is the key\n${pkcs1}\nregards`],
  ['public key first, then the private one', `${publicPem}${pkcs8}`],
  ['base64 of the PEM', Buffer.from(pkcs1).toString('base64')],
  [
    'base64 of the PEM in lines',
    Buffer.from(pkcs8)
      .toString('base64')
      .replace(/(.{64})/g, '$1\n'),
  ],
  ['base64 of PKCS#8 DER', rsa.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64')],
  ['base64 of PKCS#1 DER', rsa.privateKey.export({ type: 'pkcs1', format: 'der' }).toString('base64')],
]

describe('a private key', () => {
  it.each(pasted)('is read from %s', (_name, text) => {
    const reading = readPrivateKey(text)
    expect(reading).toMatchObject({ kind: 'ok', bits: 2048, publicKeyPem: publicPem })
    if (reading.kind !== 'ok') return
    expect(reading.privateKey.reveal()).toBe(pkcs8)
    expect(reading.fingerprint).toMatch(/^[0-9a-f]{64}$/)
  })

  it('is refused in words when it cannot sign for Outreach', () => {
    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const short = generateKeyPairSync('rsa', { modulusLength: 1024 })
    const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 })
    const locked = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' } as const
    const lockedOld = { type: 'pkcs1', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' } as const
    const cases: [string, string, RegExp][] = [
      ['', 'empty', /no key/],
      ['  \\n ', 'empty', /no key/],
      [publicPem, 'public', /public key/],
      [rsa.publicKey.export({ type: 'pkcs1', format: 'pem' }).toString(), 'public', /public key/],
      [rsa.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'), 'public', /public key/],
      ['-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----', 'public', /certificate/],
      [ec.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 'not_rsa', /not an RSA key/],
      [ec.privateKey.export({ type: 'sec1', format: 'pem' }).toString(), 'not_rsa', /not an RSA key/],
      [
        ec.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
        'not_rsa',
        /not an RSA key/,
      ],
      [pss.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 'not_rsa', /not an RSA key/],
      [rsa.privateKey.export(locked).toString(), 'encrypted', /passphrase/],
      [rsa.privateKey.export(lockedOld).toString(), 'encrypted', /passphrase/],
      [short.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 'short', /2048/],
      [short.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(), 'short', /2048/],
      ['hello', 'unreadable', /cannot|whole PEM/],
      [pkcs8.slice(0, 900), 'unreadable', /whole PEM/],
      [pkcs8.replace('MII', 'XXX'), 'unreadable', /whole PEM/],
      [
        '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaA==\n-----END OPENSSH PRIVATE KEY-----',
        'unreadable',
        /PEM/,
      ],
      ['A'.repeat(100_000), 'unreadable', /PEM/],
    ]
    for (const [text, code, words] of cases) {
      const reading = readPrivateKey(text)
      expect(reading).toMatchObject({ kind: 'refused', code, words: expect.stringMatching(words) })
    }
  })

  it('is never repeated in the words of a refusal', () => {
    const body = pkcs8.split('\n')[3] ?? ''
    expect(JSON.stringify(readPrivateKey(pkcs8.slice(0, 900)))).not.toContain(body)
  })

  it('is refused, not thrown at, for any text', () => {
    const noise = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.base64String({ maxLength: 300 }),
      fc
        .string({ maxLength: 100 })
        .map((body) => `-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----`),
      fc
        .base64String({ maxLength: 200 })
        .map((body) => `-----BEGIN RSA PRIVATE KEY-----${body}-----END RSA PRIVATE KEY-----`),
    )
    fc.assert(
      fc.property(noise, (text) => {
        expect(readPrivateKey(text).kind).toBe('refused')
      }),
    )
  })

  it('survives line breaks and spaces at any place of its body', () => {
    const [head = '', ...rest] = pkcs8.trim().split('\n')
    const foot = rest.pop() ?? ''
    const body = rest.join('')
    const breaks = fc.array(fc.tuple(fc.nat(body.length), fc.constantFrom('\n', '\r\n', '\\n', ' ', '\t')), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(breaks, (cuts) => {
        let text = body
        for (const [at, gap] of [...cuts].sort((a, b) => b[0] - a[0]))
          text = `${text.slice(0, at)}${gap}${text.slice(at)}`
        expect(readPrivateKey(`${head}\n${text}\n${foot}`).kind).toBe('ok')
      }),
      { numRuns: 30 },
    )
  })
})

describe('a generated key pair', () => {
  it('reads back as it is, and its halves fit', async () => {
    const made = await generateKeyPair()
    const reading = readPrivateKey(made.privateKey.reveal())
    expect(reading).toMatchObject({
      kind: 'ok',
      publicKeyPem: made.publicKeyPem,
      fingerprint: made.fingerprint,
    })
    const signature = createSign('RSA-SHA256').update('x').sign(made.privateKey.reveal())
    expect(createVerify('RSA-SHA256').update('x').verify(createPublicKey(made.publicKeyPem), signature)).toBe(
      true,
    )
    expect(String(made.privateKey)).toBe('[redacted]')
  })
})
