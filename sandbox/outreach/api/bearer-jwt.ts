import { createHmac, randomUUID } from 'node:crypto'

/**
 * An access token that looks as Outreach's do: a JWT (seed 001: `eyJhbGc…`). Nobody but its maker can check it, so a client
 * has to treat it as opaque. `claims` come on top of `jti`, which makes each one different.
 */
export function bearerJwt(claims: Readonly<Record<string, unknown>>, key: string): string {
  const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const signed = `${encode({ alg: 'HS512', typ: 'JWT' })}.${encode({ jti: randomUUID(), ...claims })}`
  return `${signed}.${createHmac('sha512', key).update(signed).digest('base64url')}`
}
