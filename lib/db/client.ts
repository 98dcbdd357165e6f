import { PrismaPg } from '@prisma/adapter-pg'
import type { Pool } from 'pg'
import { type Prisma, PrismaClient } from './generated/client'

/** Ciphertexts are read by name or not at all. */
const omit = {
  dataKey: { keySealed: true },
  providerApp: {
    clientSecretSealed: true,
    s2sPrivateKeySealed: true,
    webhookSecretSealed: true,
    rateLimitBypassSealed: true,
  },
  tokenPair: { accessTokenSealed: true, refreshTokenSealed: true, previousRefreshTokenSealed: true },
  connectFlow: { verifierSealed: true, codeSealed: true },
  user: { passwordHash: true },
  notificationChannel: { secretSealed: true, previousSecretSealed: true },
} satisfies Prisma.GlobalOmitConfig

/** Waiting for a connection of the pool, and for the whole of a transaction, in milliseconds. */
const transactionOptions = { maxWait: 5_000, timeout: 15_000 }

/** @param pool stays the caller's: disconnecting the client does not end it */
export function createDb(pool: Pool) {
  return new PrismaClient({ adapter: new PrismaPg(pool), omit, transactionOptions, errorFormat: 'minimal' })
}

export type Db = ReturnType<typeof createDb>

/** What a function needs that must run inside its caller's transaction. */
export type Tx = Parameters<Extract<Parameters<Db['$transaction']>[0], (tx: never) => unknown>>[0]

/** A JSON column's value. */
export type JsonValue = Prisma.InputJsonValue
export type { Prisma } from './generated/client'
