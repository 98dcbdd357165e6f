import { createNoticedCache } from '../cache/noticed-cache'
import { PatchbayError } from '../core/errors'
import { Secret } from '../core/secret'
import type { Deps } from '../deps'
import { hashKey, isKey } from './key-format'
import type { KeyHolder } from './key-holder'
import { createKeyLimits } from './key-limits'
import { createKeyNotes } from './key-notes'
import { type KnownKey, readKey, readKeyById } from './read-keys'

const entriesMax = 10_000
const waitingMax = 1_000
/** News of a revoked key arrives within this (design 3.1): a request that has waited longer has its key read again. */
const believedMs = 1_000
/** RFC 6750, 2.1; the scheme's case does not matter (RFC 9110, 11.1). */
const bearer = /^bearer +(\S{1,200})$/i

/** The keys that programs show, checked without a database read once they are known, and what they did. */
export type KeyCache = {
  /**
   * Lets a request in: it counts as a use of the key, and against its limit.
   *
   * @param authorization the request's Authorization header
   * @throws PatchbayError `key_invalid` (detail `reason`: `missing`, `malformed`, `unknown`, `revoked` or `expired`);
   *   `too_many_requests` (detail `retryAfterS`, or `retryAt` and the key's `limit`)
   */
  check(authorization: string | null): Promise<KeyHolder>
  /**
   * Whether a key that was let in a while ago is still good: what it asked for may have waited for a token or a permit. Counts nothing.
   *
   * @param sinceMs when it was let in, epoch milliseconds
   * @returns `null` where that was within a second: nothing is to be waited for
   * @throws PatchbayError `key_invalid`
   */
  confirm(holder: Pick<KeyHolder, 'id'>, sinceMs: number): Promise<void> | null
  /** A token was handed to a key. Costs no write; one row follows for each key, connection and minute. */
  noteTokenRead(keyId: string, connectionId: string): void
  /** Writes what was noted of uses and reads. */
  flush(): Promise<void>
  close(): Promise<void>
}

export function createKeyCache(deps: Pick<Deps, 'clock' | 'events' | 'sql' | 'log'>): KeyCache {
  const cache = createNoticedCache<KnownKey>({
    events: deps.events,
    topics: ['api_key'],
    entriesMax,
    idsOf: ({ holder }) => [holder.id],
  })
  const notes = createKeyNotes(deps)
  const countRequest = createKeyLimits(deps)
  let waiting = 0

  async function look(key: Secret, keyHash: string): Promise<KnownKey | null> {
    if (!isKey(key.reveal())) {
      throw invalid('malformed', 'This is no API key of Patchbay: its form or its checksum is wrong.')
    }
    if (waiting >= waitingMax) throw busy()
    waiting += 1
    try {
      return await cache.get(keyHash, () => readKey(deps, keyHash))
    } finally {
      waiting -= 1
    }
  }

  return {
    async check(authorization) {
      const key = keyOf(authorization)
      const keyHash = hashKey(key)
      const known = cache.peek(keyHash) ?? (await look(key, keyHash))
      const holder = stillValid(known, deps.clock.now().getTime())
      notes.noteUse(holder.id)
      await countRequest(holder)
      return holder
    },
    confirm({ id }, sinceMs) {
      const nowMs = deps.clock.now().getTime()
      if (nowMs - sinceMs < believedMs) return null
      return readKeyById(deps, id).then((known) => void stillValid(known, nowMs))
    },
    noteTokenRead: notes.noteTokenRead,
    flush: notes.flush,
    async close() {
      cache.close()
      await notes.close()
    },
  }
}

function keyOf(authorization: string | null): Secret {
  if (!authorization) {
    throw invalid('missing', 'This needs an API key, sent as "Authorization: Bearer pbk_…".')
  }
  const text = bearer.exec(authorization.trim())?.[1]
  if (text === undefined) {
    throw invalid('malformed', 'The Authorization header has to read "Bearer", a space and an API key.')
  }
  return Secret.of(text)
}

/** Who shows the whole key may be told what became of it. */
function stillValid(known: KnownKey | null, nowMs: number): KeyHolder {
  if (!known) throw invalid('unknown', 'This API key is not known here.')
  const { holder, revokedAt } = known
  if (revokedAt) throw invalid('revoked', 'This API key was revoked.')
  if (holder.expiresAt && holder.expiresAt.getTime() <= nowMs) {
    throw invalid('expired', 'This API key has expired.')
  }
  return holder
}

function invalid(
  reason: 'missing' | 'malformed' | 'unknown' | 'revoked' | 'expired',
  words: string,
): PatchbayError {
  return new PatchbayError('key_invalid', words, { reason })
}

/** More unknown keys wait than the database is to be asked for. */
function busy(): PatchbayError {
  return new PatchbayError('too_many_requests', 'Too many keys are being looked up. Try again in a second.', {
    retryAfterS: 1,
  })
}
