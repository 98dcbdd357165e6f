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
async function recordAnswer(deps: Pick<Deps, 'db' | 'providers'>, input: RecordedAnswer): Promise<void> {
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
  deps: Pick<Deps, 'db' | 'providers' | 'log'>,
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

async function storeReading(
  deps: Pick<Deps, 'db'>,
  { provider, bucket, answer }: RecordedAnswer,
  { limit, remaining, resetsAt }: RateReading,
): Promise<void> {
  const used = limit !== null && remaining !== null ? Math.max(0, limit - remaining) : 0
  const window = { provider, limit, used, remaining, resetsAt, source: 'headers', asOf: answer.at } as const
  await deps.db.rateWindow.upsert({
    where: { bucket },
    create: { bucket, ...window },
    update: window,
    select: { bucket: true },
  })
}

/** Adds one to a window fixed to the clock, in one statement, so that processes that count at once lose nothing. */
async function countAnswer(
  deps: Pick<Deps, 'db'>,
  { provider, bucket, answer }: RecordedAnswer,
  { limit, windowS }: CountedWindow,
): Promise<void> {
  const windowMs = windowS * 1000
  const start = new Date(Math.floor(answer.at.getTime() / windowMs) * windowMs)
  const end = new Date(start.getTime() + windowMs)
  await deps.db.$executeRaw`
    INSERT INTO rate_window (bucket, provider, "limit", used, remaining, window_start, resets_at, source, as_of)
    VALUES (${bucket}, ${provider}::"Provider", ${limit}::int, 1, ${limit}::int - 1, ${start}, ${end}, 'own_count', ${answer.at})
    ON CONFLICT (bucket) DO UPDATE SET
      "limit" = excluded."limit",
      used = CASE WHEN rate_window.window_start = excluded.window_start THEN rate_window.used + 1 ELSE 1 END,
      remaining = CASE WHEN rate_window.window_start = excluded.window_start
        THEN CASE WHEN excluded."limit" IS NULL THEN NULL ELSE greatest(0, excluded."limit" - rate_window.used - 1) END
        ELSE excluded.remaining END,
      resets_at = CASE WHEN rate_window.window_start = excluded.window_start
        THEN rate_window.resets_at ELSE excluded.resets_at END,
      window_start = excluded.window_start,
      source = 'own_count',
      as_of = excluded.as_of`
}
