const anywhere = 'https://patchbay.invalid'

/**
 * A `next=` parameter as a path of this site; anything that would lead elsewhere (`//host`, `/\host`, `https:`, control characters) or
 * back to the sign-in page becomes `/`.
 */
export function safePath(next: unknown): string {
  if (typeof next !== 'string' || !/^\/(?![/\\])/.test(next)) return '/'
  const url = URL.canParse(next, anywhere) ? new URL(next, anywhere) : null
  if (url?.origin !== anywhere || url.pathname.startsWith('//') || url.pathname.startsWith('/sign-in'))
    return '/'
  return `${url.pathname}${url.search}${url.hash}`
}
