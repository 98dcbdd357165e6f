export type NextAuthAnswer =
  /** `url`: where next-auth would send the browser; `error`: the code it put on that URL. */
  { kind: 'answer'; ok: boolean; url: string; error: string | null } | { kind: 'no_answer' }

/**
 * Speaks next-auth's own REST API (next-auth.js.org/getting-started/rest-api): fetches the CSRF token, whose cookie comes with it, and
 * posts the form. `next-auth/react` does the same with ten times the script.
 */
export async function postNextAuth(
  path: 'callback/credentials' | 'signin/oidc' | 'signout',
  fields: Readonly<Record<string, string>>,
): Promise<NextAuthAnswer> {
  try {
    const csrf: unknown = await (await fetch('/api/auth/csrf', { cache: 'no-store' })).json()
    const answer = await fetch(`/api/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...fields, csrfToken: textOf(csrf, 'csrfToken'), json: 'true' }),
    })
    const url = new URL(textOf(await answer.json(), 'url'), location.origin)
    return { kind: 'answer', ok: answer.ok, url: url.href, error: url.searchParams.get('error') }
  } catch {
    return { kind: 'no_answer' }
  }
}

function textOf(value: unknown, name: string): string {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
  if (typeof found !== 'string') throw new TypeError(`${name} is missing`)
  return found
}
