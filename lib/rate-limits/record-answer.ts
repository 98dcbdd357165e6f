import type { ProviderId } from '../core/provider'
import type { Deps } from '../deps'
import type { ApiAnswerFacts, RateReading } from '../providers/contract'
import { type BucketOwner, bucketOf, type CountedWindow, countedWindow } from './bucket'

type RecordedAnswer = {
  provider: ProviderId
  bucket: string
  answer: ApiAnswerFacts
  /** Limit and window agreed with the provider for this app, where entered. */
  agreed: CountedWindow | null
}

/** Brings the newest window of a bucket up to date with one API answer: from its headers, else by counting it. */
async function recordAnswer(
  deps: Pick<Deps, 'db' | 'sql' | 'providers'>,
  input: RecordedAnswer,
): Promise<void> {
  const { provider, bucket, answer } = input
  const reading = deps.providers.get(provider).readRateHeaders(answer)
  const counted = countedWindow(provider, input.agreed)
  if (counted) await countAnswer(deps, input, counted)
  else if (reading && hasFigures(reading)) await storeReading(deps, input, reading)
  if (answer.status !== 429) return
  const retryAt = reading?.retryAt ?? reading?.resetsAt
  await deps.db.rateWindow.updateMany({
    where: { bucket },
    data: { last429At: answer.at, remaining: 0, ...(retryAt ? { resetsAt: retryAt } : {}) },
  })
}

/** Records what `callContext` collected. A failure to count is logged and never fails the call that was counted. */
export async function recordAnswers(
  deps: Pick<Deps, 'db' | 'sql' | 'providers' | 'log'>,
  connection: BucketOwner,
  agreed: CountedWindow | null,
  answers: readonly ApiAnswerFacts[],
): Promise<void> {
  const bucket = bucketOf(connection)
  for (const answer of answers) {
    await recordAnswer(deps, { provider: connection.provider, bucket, answer, agreed }).catch((error) =>
      deps.log.warn({ err: error, bucket }, 'a rate-limit figure was not stored'),
    )
  }
}

function hasFigures(reading: RateReading): boolean {
  return reading.limit !== null || reading.remaining !== null
}

/** The newest reading of each bucket wins; several of one bucket may come in one batch. */
const storeReadings = {
  name: 'store_rate_readings',
  text: `
    INSERT INTO rate_window AS stored (bucket, provider, "limit", used, remaining, resets_at, source, as_of)
    SELECT DISTINCT ON (bucket) bucket, provider, "limit", used, remaining, resets_at, 'headers', as_of
    FROM jsonb_to_recordset($1::jsonb) AS item (bucket text, provider "Provider", "limit" int, used int, remaining int,
      resets_at timestamptz, as_of timestamptz)
    ORDER BY bucket, as_of DESC
    ON CONFLICT (bucket) DO UPDATE SET
      "limit" = excluded."limit", used = excluded.used, remaining = excluded.remaining, resets_at = excluded.resets_at,
      source = 'headers', as_of = excluded.as_of
    WHERE stored.as_of <= excluded.as_of`,
}

async function storeReading(
  deps: Pick<Deps, 'sql'>,
  { provider, bucket, answer }: RecordedAnswer,
  { limit, remaining, resetsAt }: RateReading,
): Promise<void> {
  const used = limit !== null && remaining !== null ? Math.max(0, limit - remaining) : 0
  const item = { bucket, provider, limit, used, remaining, resets_at: resetsAt, as_of: answer.at }
  await deps.sql.batched(storeReadings, item)
}

/** Adds to windows fixed to the clock in one statement, so that processes that count at once lose nothing. */
const countAnswers = {
  name: 'count_answers',
  text: `
    INSERT INTO rate_window AS stored
      (bucket, provider, "limit", used, remaining, window_start, resets_at, source, as_of)
    SELECT DISTINCT ON (bucket) bucket, provider, "limit", count(*)::int, "limit" - count(*)::int, window_start, resets_at,
      'own_count', max(as_of)
    FROM jsonb_to_recordset($1::jsonb) AS item (bucket text, provider "Provider", "limit" int, window_start timestamptz,
      resets_at timestamptz, as_of timestamptz)
    GROUP BY bucket, provider, "limit", window_start, resets_at
    ORDER BY bucket, window_start DESC
    ON CONFLICT (bucket) DO UPDATE SET
      "limit" = excluded."limit",
      used = CASE WHEN stored.window_start = excluded.window_start
        THEN stored.used + excluded.used ELSE excluded.used END,
      remaining = CASE WHEN stored.window_start = excluded.window_start
        -- greatest() would make a 0 of an unknown limit.
        THEN CASE WHEN excluded."limit" IS NOT NULL
          THEN greatest(0, excluded."limit" - stored.used - excluded.used) END
        ELSE excluded.remaining END,
      resets_at = CASE WHEN stored.window_start = excluded.window_start
        THEN stored.resets_at ELSE excluded.resets_at END,
      window_start = excluded.window_start,
      source = 'own_count',
      as_of = excluded.as_of`,
}

async function countAnswer(
  deps: Pick<Deps, 'sql'>,
  { provider, bucket, answer }: RecordedAnswer,
  { limit, windowS }: CountedWindow,
): Promise<void> {
  const windowMs = windowS * 1000
  const start = new Date(Math.floor(answer.at.getTime() / windowMs) * windowMs)
  const end = new Date(start.getTime() + windowMs)
  await deps.sql.batched(countAnswers, {
    bucket,
    provider,
    limit,
    window_start: start,
    resets_at: end,
    as_of: answer.at,
  })
}
