import { isLoopback } from '../config/loopback'
import { type DatabaseFacts, unknownSystem } from './database-facts'

/**
 * What differs between a database as it knows itself and as it is found, in sentences for a person; `null` when it is the same.
 * What either side does not know is not compared. Two addresses of this machine count as the same, since another port says
 * nothing about the database.
 */
export function databaseDifference(known: DatabaseFacts, found: DatabaseFacts): string | null {
  const isOtherSystem =
    known.systemIdentifier !== found.systemIdentifier &&
    ![known.systemIdentifier, found.systemIdentifier].includes(unknownSystem)
  const isOtherFolder =
    known.dataFolder !== null && found.dataFolder !== null && known.dataFolder !== found.dataFolder
  const isOtherAddress = !isSameAddress(known.appUrl, found.appUrl)
  const sentences: string[] = []
  if (isOtherSystem)
    sentences.push(
      `The system identifier of its PostgreSQL was ${known.systemIdentifier} and is ${found.systemIdentifier}.`,
    )
  if (known.databaseOid !== found.databaseOid)
    sentences.push(
      `The number (oid) of the database was ${known.databaseOid} and is ${found.databaseOid}: it was restored or copied.`,
    )
  if (isOtherFolder) sentences.push(`Its files were in ${known.dataFolder} and are in ${found.dataFolder}.`)
  if (isOtherAddress) sentences.push(`APP_URL was ${known.appUrl} and is ${found.appUrl}.`)
  if (sentences.length === 0) return null
  if (sentences.length === 1 && isOtherAddress)
    sentences.push('If you have only changed APP_URL, press Go on.')
  if (sentences.length === 1 && isOtherFolder) sentences.push('If you have only moved them, press Go on.')
  return sentences.join(' ')
}

function isSameAddress(one: string, other: string): boolean {
  return one === other || (isOfThisMachine(one) && isOfThisMachine(other))
}

function isOfThisMachine(origin: string): boolean {
  return URL.canParse(origin) && isLoopback(new URL(origin).hostname)
}
