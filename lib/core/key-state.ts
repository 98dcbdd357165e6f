/** How an API key stands. */
export const keyStates = ['active', 'expiring', 'expired', 'revoked'] as const
export type KeyState = (typeof keyStates)[number]

/** A key that ends within this time is told of, so that its program gets another one before. */
export const keyExpiresSoonMs = 7 * 24 * 60 * 60 * 1000

export function keyState(key: { expiresAt: Date | null; revokedAt: Date | null }, nowMs: number): KeyState {
  if (key.revokedAt) return 'revoked'
  if (!key.expiresAt) return 'active'
  const leftMs = key.expiresAt.getTime() - nowMs
  if (leftMs <= 0) return 'expired'
  return leftMs < keyExpiresSoonMs ? 'expiring' : 'active'
}
