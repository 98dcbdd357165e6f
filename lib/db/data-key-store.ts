import type { Db } from './client'

const firstKeyLock = 7_272_003

type DataKeyRow = { id: string; masterKeyId: string; keySealed: string }

/** The `data_key` table as the vault's key store. */
export function createDataKeyStore(db: Db) {
  return {
    async ensureFirst(make: () => DataKeyRow): Promise<void> {
      await db.$transaction(async (tx) => {
        await tx.$executeRaw`SELECT pg_advisory_xact_lock(${firstKeyLock})`
        if ((await tx.dataKey.count()) === 0) await tx.dataKey.create({ data: make() })
      })
    },
    list(): Promise<DataKeyRow[]> {
      return db.dataKey.findMany({
        select: { id: true, masterKeyId: true, keySealed: true },
        orderBy: { id: 'asc' },
      })
    },
  }
}
