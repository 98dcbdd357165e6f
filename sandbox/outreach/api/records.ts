import type { Org } from '../data/orgs'
import { PEOPLE } from '../data/orgs'
import { type ApiRecord, type Attributes, type Resource, recordOfPerson, sampleRecords } from './resources'

/** Collections that were written to, by org and path; all others are as they were at the beginning. */
export type ChangedRecords = Record<string, ApiRecord[]>

const keyOf = (kind: Resource, org: Org): string => `${org.id}/${kind.path}`

/** The records of one collection as this org sees them, by ascending id. */
export function recordsOf(changed: ChangedRecords, kind: Resource, org: Org): readonly ApiRecord[] {
  if (kind.path === 'users') return PEOPLE.filter((one) => one.orgId === org.id).map(recordOfPerson)
  return changed[keyOf(kind, org)] ?? sampleRecords(kind, org)
}

/** Adds a record and gives it the next id. `nowMs` stamps it. */
export function addRecord(
  changed: ChangedRecords,
  kind: Resource,
  org: Org,
  attributes: Attributes,
  nowMs: number,
): ApiRecord {
  const all = recordsOf(changed, kind, org)
  const id = Math.max(org.id * 1_000_000, ...all.map((record) => record.id)) + 1
  const at = new Date(nowMs).toISOString()
  const record = { id, attributes: { ...attributes, createdAt: at, updatedAt: at } }
  changed[keyOf(kind, org)] = [...all, record]
  return record
}

/** Changes the named attributes of `record`. */
export function changeRecord(
  changed: ChangedRecords,
  kind: Resource,
  org: Org,
  record: ApiRecord,
  attributes: Attributes,
  nowMs: number,
): ApiRecord {
  const next = {
    id: record.id,
    attributes: { ...record.attributes, ...attributes, updatedAt: new Date(nowMs).toISOString() },
  }
  changed[keyOf(kind, org)] = recordsOf(changed, kind, org).map((one) => (one.id === record.id ? next : one))
  return next
}

/** Removes `record` from its collection. */
export function removeRecord(changed: ChangedRecords, kind: Resource, org: Org, record: ApiRecord): void {
  changed[keyOf(kind, org)] = recordsOf(changed, kind, org).filter((one) => one.id !== record.id)
}
