import type { Gathered } from '../cache/batch-writer'

/** Tokens handed to a key for a connection in one minute. */
export type ReadsRow = { keyId: string; connectionId: string; minuteMs: number; reads: number }

/** A key's minute. Numbers by connection and nothing more: a note of its own for each read would keep the garbage collector busy. */
type Sheet = { keyId: string; minuteMs: number; reads: Map<string, number> }

export type ReadSheets = Gathered<ReadsRow[]> & {
  /** @param minuteMs the minute's begin, in epoch milliseconds */
  add(keyId: string, connectionId: string, minuteMs: number): void
}

/**
 * Counts reads by key, minute and connection.
 *
 * @param heldMax rows kept while nothing can be written; reads that would need further ones are not counted
 */
export function createReadSheets(heldMax = 200_000): ReadSheets {
  const sheets = new Map<string, Sheet>()
  let open: Sheet | null = null
  let size = 0

  function sheetOf(keyId: string, minuteMs: number): Sheet {
    if (open?.keyId === keyId && open.minuteMs === minuteMs) return open
    const name = `${keyId} ${minuteMs}`
    const sheet: Sheet = sheets.get(name) ?? { keyId, minuteMs, reads: new Map() }
    sheets.set(name, sheet)
    open = sheet
    return sheet
  }

  function count({ reads }: Sheet, connectionId: string, more: number): void {
    const known = reads.get(connectionId)
    if (known === undefined) {
      if (size >= heldMax) return
      size += 1
    }
    reads.set(connectionId, (known ?? 0) + more)
  }

  return {
    get size() {
      return size
    },
    add: (keyId, connectionId, minuteMs) => count(sheetOf(keyId, minuteMs), connectionId, 1),
    take(sizeMax) {
      const rows: ReadsRow[] = []
      for (const [name, { keyId, minuteMs, reads }] of sheets) {
        for (const [connectionId, number] of reads) {
          if (rows.length === sizeMax) break
          rows.push({ keyId, connectionId, minuteMs, reads: number })
          reads.delete(connectionId)
        }
        if (reads.size > 0) break
        sheets.delete(name)
        open = null
      }
      size -= rows.length
      return rows
    },
    putBack(rows) {
      for (const { keyId, connectionId, minuteMs, reads } of rows)
        count(sheetOf(keyId, minuteMs), connectionId, reads)
    },
  }
}
