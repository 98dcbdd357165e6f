/**
 * An answer of Patchbay itself that is no success; `code` is stable (the API reference lists them). It is `unknown` for an answer of
 * something in between, such as a load balancer.
 */
export class PatchbayProblem extends Error {
  override readonly name = 'PatchbayProblem'

  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    /** How long to wait before another try, where Patchbay says so. */
    readonly retryAfterS: number | null,
    /** Names the answer in Patchbay's log. */
    readonly requestId: string | null,
  ) {
    super(detail)
  }
}

/** @param body what the answer says, parsed; a proxy on the way may have answered with anything */
export function problemOf(response: Response, body: unknown): PatchbayProblem {
  const { code, detail } = Object(body) as { code?: unknown; detail?: unknown }
  return new PatchbayProblem(
    response.status,
    typeof code === 'string' ? code : 'unknown',
    typeof detail === 'string'
      ? detail
      : `An answer ${response.status} that is not Patchbay’s own came back.`,
    retryAfterS(response),
    response.headers.get('patchbay-request-id'),
  )
}

/** The whole seconds of `Retry-After`, `null` where there are none. */
export function retryAfterS(response: Response): number | null {
  const told = response.headers.get('retry-after')
  return told !== null && /^\d+$/.test(told) ? Number(told) : null
}
