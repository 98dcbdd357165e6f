import type { Tx } from '../db/client'
import { type DatabaseFacts, unknownSystem } from './database-facts'

/** The one row in which a database knows itself. */
export type Identity = DatabaseFacts & { heldAt: Date | null; heldReason: string | null }

/** The thing that audit rows, announcements and live events of the database name. */
export const databaseSubject = { id: 'database', name: 'this database' } as const

/**
 * The row, locked until the transaction ends: of several processes that start at once, one at a time compares. The first start
 * of all writes it.
 */
export async function lockIdentity(tx: Tx, found: DatabaseFacts): Promise<Identity> {
  await tx.instanceIdentity.createMany({ data: { id: 1, ...columnsOf(found) }, skipDuplicates: true })
  await tx.$queryRaw`SELECT id FROM instance_identity WHERE id = 1 FOR UPDATE`
  const row = await tx.instanceIdentity.findUniqueOrThrow({ where: { id: 1 } })
  const { systemIdentifier, databaseOid, appUrl, dataFolder, heldAt, heldReason } = row
  return { systemIdentifier, databaseOid: databaseOid >>> 0, appUrl, dataFolder, heldAt, heldReason }
}

/** Makes what was found what the database knows of itself, and ends a hold. What was not told this time stays known. */
export async function writeIdentity(tx: Tx, known: DatabaseFacts, found: DatabaseFacts): Promise<void> {
  const { systemIdentifier, dataFolder } = found
  const facts = {
    ...found,
    systemIdentifier: systemIdentifier === unknownSystem ? known.systemIdentifier : systemIdentifier,
    dataFolder: dataFolder ?? known.dataFolder,
  }
  await tx.instanceIdentity.update({
    where: { id: 1 },
    data: { ...columnsOf(facts), heldAt: null, heldReason: null },
  })
}

/** An oid has 32 bits without a sign, and the column 32 with one: the same bits, read back by `>>> 0`. */
function columnsOf({ databaseOid, ...facts }: DatabaseFacts) {
  return { ...facts, databaseOid: databaseOid | 0 }
}
