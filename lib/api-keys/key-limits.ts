import { LRUCache } from 'lru-cache'
import { PatchbayError } from '../core/errors'
import type { Deps } from '../deps'
import type { KeyHolder } from './key-holder'

const entriesMax = 10_000
const minuteMs = 60_000
/** A reservation takes this part of what is left: many requests a statement at first, single ones at the end. */
const shareOf = 10

/** What this process has left of a key's minute. */
type Share = { limit: number; minuteMs: number; left: number; isLast: boolean }

/**
 * Reserves a share of the minute for one process; no row when all is granted. A process whose clock is behind is given of the newer
 * minute, so that it does not begin the older one anew.
 */
const reserveShare = {
  name: 'api_key_reserve_share',
  text: `
    INSERT INTO api_key_window AS kept (api_key_id, minute, granted, share)
    VALUES ($1, $2, ceil($3::int / ${shareOf}.0), ceil($3::int / ${shareOf}.0))
    ON CONFLICT (api_key_id) DO UPDATE SET
      minute = greatest(kept.minute, excluded.minute),
      granted = CASE WHEN kept.minute < excluded.minute THEN excluded.share
        ELSE kept.granted + ceil(($3::int - kept.granted) / ${shareOf}.0) END,
      share = CASE WHEN kept.minute < excluded.minute THEN excluded.share
        ELSE ceil(($3::int - kept.granted) / ${shareOf}.0) END
    WHERE kept.minute < excluded.minute OR kept.granted < $3::int
    RETURNING minute, share`,
}

/**
 * Holds keys to their requests per minute, all processes together, without a write per request. Minutes are those of the clock.
 *
 * @returns a function that counts one request of a key; it throws PatchbayError `too_many_requests` (details `limit`, `retryAt`)
 */
export function createKeyLimits(
  deps: Pick<Deps, 'clock' | 'sql'>,
): (key: Pick<KeyHolder, 'id' | 'requestsPerMinute'>) => Promise<void> | undefined {
  const shares = new LRUCache<string, Share>({ max: entriesMax })
  const reserving = new Map<string, Promise<void>>()

  async function reserve(keyId: string, limit: number, startMs: number): Promise<void> {
    const [row] = await deps.sql.run<{ minute: Date; share: number }>(reserveShare, [
      keyId,
      new Date(startMs),
      limit,
    ])
    const minute = row ? row.minute.getTime() : startMs
    shares.set(keyId, { limit, minuteMs: minute, left: row?.share ?? 0, isLast: !row })
  }

  async function take(keyId: string, limit: number): Promise<void> {
    for (;;) {
      const nowMs = deps.clock.now().getTime()
      const startMs = nowMs - (nowMs % minuteMs)
      const known = shares.get(keyId)
      if (known?.limit === limit && known.minuteMs >= startMs) {
        if (known.isLast) throw overLimit(limit, startMs + minuteMs)
        known.left -= 1
        if (known.left >= 0) return
      }
      const running =
        reserving.get(keyId) ?? reserve(keyId, limit, startMs).finally(() => reserving.delete(keyId))
      reserving.set(keyId, running)
      await running
    }
  }

  return ({ id, requestsPerMinute }) => (requestsPerMinute === null ? undefined : take(id, requestsPerMinute))
}

function overLimit(limit: number, nextMs: number): PatchbayError {
  return new PatchbayError('too_many_requests', `This key may make ${limit} requests a minute.`, {
    limit,
    retryAt: new Date(nextMs).toISOString(),
  })
}
