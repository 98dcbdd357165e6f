import type { Db } from '../db/client'
import { type SecretField, sealedFields } from './sealed-fields'

const fields = ['clientSecret', 's2sPrivateKey', 'webhookSecret', 'rateLimitBypass'] as const

export type StoredSecrets = Record<SecretField, boolean>

/**
 * Which secrets each app has, told by the database: no ciphertext is read.
 *
 * @returns by app id; an app that is not there has none
 */
export async function storedSecrets(
  db: Pick<Db, 'providerApp'>,
  appIds: readonly string[],
): Promise<(appId: string) => StoredSecrets> {
  const having = await Promise.all(
    fields.map(async (field) => {
      const rows = await db.providerApp.findMany({
        where: { id: { in: [...appIds] }, [sealedFields[field].property]: { not: null } },
        select: { id: true },
      })
      return new Set(rows.map((row) => row.id))
    }),
  )
  return (appId) => {
    const [clientSecret, s2sPrivateKey, webhookSecret, rateLimitBypass] = having.map((ids) => ids.has(appId))
    return {
      clientSecret: clientSecret === true,
      s2sPrivateKey: s2sPrivateKey === true,
      webhookSecret: webhookSecret === true,
      rateLimitBypass: rateLimitBypass === true,
    }
  }
}
