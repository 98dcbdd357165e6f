import { argon2id, hash, verify } from 'argon2'
import type { Secret } from '../core/secret'

/** RFC 9106, the second recommended option: 64 MiB, three passes. */
const cost = { type: argon2id, memoryCost: 64 * 1024, timeCost: 3, parallelism: 1 } as const

export const passwordLengthMin = 12
/** Argon2 would take more; a megabyte of password is an attack. */
export const passwordLengthMax = 200

export function hashPassword(password: Secret): Promise<string> {
  return hash(password.reveal(), cost)
}

/**
 * @param stored `null` for a person who has no password: as much work is done, so that time tells nobody who exists
 */
export async function verifyPassword(stored: string | null, password: Secret): Promise<boolean> {
  if (password.reveal().length > passwordLengthMax) return false
  const matches = await verify(stored ?? nobodysHash, password.reveal())
  return matches && stored !== null
}

/** The hash of 32 random bytes that were thrown away. */
const nobodysHash =
  '$argon2id$v=19$m=65536,p=1,t=3$7xNBDIu24N6UZ+a44cnzgA$hrMejAqU0v0lKQ7HFjdKNV7hzak74zNpJlfXh63YDhs'
