import type { SessionOrigin } from './sessions'

/** Where a request came from. Our server has put the client's address there, as TRUST_PROXY tells. */
export function requestOrigin(headers: Pick<Headers, 'get'>): SessionOrigin {
  return { userAgent: headers.get('user-agent'), address: headers.get('x-forwarded-for') }
}
