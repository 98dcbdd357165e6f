/** Any origin: only to read a path. */
const anywhere = 'https://patchbay.invalid'

/**
 * The sign-in page, and where it goes on afterwards.
 *
 * @param requested the request's target as it was sent: `null`, a path, or whatever a client wrote there
 */
export function signInPath(requested: string | null): string {
  if (!requested?.startsWith('/') || !URL.canParse(requested, anywhere)) return '/sign-in'
  const url = new URL(requested, anywhere)
  if (url.origin !== anywhere) return '/sign-in'
  // Next's own mark of a request by its router; it is part of no address.
  url.searchParams.delete('_rsc')
  const next = `${url.pathname}${url.search}`
  return next === '/' ? '/sign-in' : `/sign-in?${new URLSearchParams({ next })}`
}
