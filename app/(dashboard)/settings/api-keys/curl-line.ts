/**
 * A command that tries a key.
 *
 * @param origin of the page
 * @param key the key itself, or the shell variable that holds it
 * @param connectionId `null`: lists the connections that the key reaches
 */
export function curlLine(origin: string, key: string, connectionId: string | null): string {
  const path = connectionId === null ? 'connections' : `connections/${connectionId}/token`
  return `curl -H "Authorization: Bearer ${key}" ${origin}/api/v1/${path}`
}
