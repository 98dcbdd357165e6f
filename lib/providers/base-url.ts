/**
 * An address below a base URL that may have a path prefix of its own.
 *
 * @param path without a leading slash, its variable segments made by `pathSegment`
 */
export function below(baseUrl: string, path: string): URL {
  const base = new URL(baseUrl)
  base.pathname = `${base.pathname.replace(/\/+$/, '')}/${path}`
  base.search = ''
  base.hash = ''
  return base
}

/**
 * A value as exactly one segment of a path.
 *
 * @returns `null` for an empty value and for one of dots only, which a URL would take as a step up
 */
export function pathSegment(value: string): string | null {
  if (value === '' || /^\.+$/.test(value)) return null
  return encodeURIComponent(value)
}
