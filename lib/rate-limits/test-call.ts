import type { UsedCall } from './usage-book'

/** A call as a program makes it, but for what a test is about. */
export function usedCall(more: Partial<UsedCall> = {}): UsedCall {
  return {
    bucket: 'outreach:user:1:7',
    connectionId: 'con_1',
    apiKeyId: 'apk_1',
    method: 'GET',
    path: '/api/v2/prospects/7',
    result: 200,
    durationMs: 20.4,
    bytesUp: 10,
    bytesDown: 1_000,
    ...more,
  }
}
