import type { Gathered } from '../cache/batch-writer'
import { providerOfBucket } from './bucket'
import { routeOf } from './route-of'
import type { UsedCall } from './usage-book'
import {
  addTallies,
  countCall,
  isOfKey,
  newTally,
  otherRoute,
  tallyKey,
  type UsageTally,
} from './usage-tally'

/** Routes of one connection in one minute, more than a sync of a whole Outreach org calls; further ones are counted together. */
const routesMax = 200

/** A connection's minute: its few rows are found by looking, without a name made for each call. */
type Sheet = {
  connectionId: string
  minute: number
  /** What is to be written. */
  rows: UsageTally[]
  /** All routes of the minute, also of rows that were written. */
  routes: string[]
  /** Programs often call the same path again. */
  lastPath: string
  lastRoute: string
}

export type UsageSheets = Gathered<UsageTally[]> & { add(call: UsedCall, nowMs: number): void }

const minuteMs = 60_000

/**
 * Adds calls up by connection, minute, key, method and route. A batch never has two tallies of one row.
 *
 * @param heldMax rows kept while nothing can be written; calls that would need further ones are not counted
 */
export function createUsageSheets(heldMax: number): UsageSheets {
  /** Of the newest minute, by connection. */
  let sheets = new Map<string, Sheet>()
  let newest = 0
  /** Those with rows to be written, the oldest first. */
  const waiting: Sheet[] = []
  let size = 0

  function sheetOf(connectionId: string, nowMs: number): Sheet {
    const minute = nowMs - (nowMs % minuteMs)
    if (minute !== newest) sheets = new Map()
    newest = minute
    const known = sheets.get(connectionId)
    if (known) return known
    const sheet = newSheet(connectionId, minute)
    sheets.set(connectionId, sheet)
    return sheet
  }

  /** @returns false when there is no more room */
  function addRow(sheet: Sheet, row: UsageTally): boolean {
    if (size >= heldMax) return false
    if (sheet.rows.length === 0) waiting.push(sheet)
    sheet.rows.push(row)
    size += 1
    return true
  }

  return {
    get size() {
      return size
    },
    add(call, nowMs) {
      const sheet = sheetOf(call.connectionId, nowMs)
      const key = tallyKey(call, routeIn(sheet, call))
      const known = sheet.rows.find((row) => isOfKey(row, key))
      const row = known ?? newTally(call, sheet.minute, key)
      if (known || addRow(sheet, row)) countCall(row, call)
    },
    take(sizeMax) {
      const rows: UsageTally[] = []
      let done = 0
      for (const sheet of waiting) {
        if (rows.length === sizeMax) break
        rows.push(...sheet.rows.splice(0, sizeMax - rows.length))
        if (sheet.rows.length === 0) done += 1
      }
      waiting.splice(0, done)
      size -= rows.length
      return rows
    },
    putBack(rows) {
      const known = new Map([...sheets.values(), ...waiting].map((sheet) => [nameOf(sheet), sheet]))
      for (const row of rows) {
        const { connection_id: connectionId, minute } = row
        const sheet = known.get(nameOf({ connectionId, minute })) ?? newSheet(connectionId, minute)
        known.set(nameOf(sheet), sheet)
        const same = sheet.rows.find((other) => isOfKey(other, row))
        if (same) addTallies(same, row)
        else addRow(sheet, row)
      }
    },
  }
}

function newSheet(connectionId: string, minute: number): Sheet {
  return { connectionId, minute, rows: [], routes: [], lastPath: '', lastRoute: '' }
}

function nameOf({ connectionId, minute }: Pick<Sheet, 'connectionId' | 'minute'>): string {
  return `${connectionId} ${minute}`
}

function routeIn(sheet: Sheet, { path, bucket }: UsedCall): string {
  if (path === sheet.lastPath) return sheet.lastRoute
  const route = routeOf(providerOfBucket(bucket), path)
  const isKnown = sheet.routes.includes(route)
  if (!isKnown && sheet.routes.length >= routesMax) return otherRoute
  if (!isKnown) sheet.routes.push(route)
  sheet.lastPath = path
  sheet.lastRoute = route
  return route
}
