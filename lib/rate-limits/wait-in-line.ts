import type { LocalBucket, Waiter } from './local-bucket'
import type { PermitAnswer } from './permit-book'
import { type BookContext, serveBucket } from './serve-bucket'

export type WaitOptions = { nowMs: number; waitMs: number; signal: AbortSignal | undefined }

/**
 * Stands in the bucket's line until a permit comes, none can come in time, or the caller goes.
 *
 * @throws the signal's reason, or the database's error
 */
export function waitInLine(
  context: BookContext,
  bucket: LocalBucket,
  { nowMs, waitMs, signal }: WaitOptions,
): Promise<PermitAnswer> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | null = null
    const end = () => {
      if (timer) clearTimeout(timer)
      signal?.removeEventListener('abort', leave)
    }
    const waiter: Waiter = {
      deadlineMs: nowMs + waitMs,
      answer(answer) {
        end()
        resolve(answer)
      },
      fail(error) {
        end()
        reject(error)
      },
    }
    function leave(): void {
      bucket.waiting = bucket.waiting.filter((one) => one !== waiter)
      waiter.fail(signal?.reason)
    }
    if (waitMs > 0) {
      timer = setTimeout(() => {
        timer = null
        waiter.deadlineMs = Number.NEGATIVE_INFINITY
        serveBucket(context, bucket)
      }, waitMs)
    }
    signal?.addEventListener('abort', leave, { once: true })
    bucket.waiting.push(waiter)
    serveBucket(context, bucket)
  })
}
