import type { FlowCookie } from './start-connect'

/** `Set-Cookie` that binds a flow to this browser; sent along when the provider sends the browser back (Lax). */
export function flowCookieHeader(cookie: FlowCookie): string {
  return attributes(cookie.name, cookie.value, cookie.maxAgeS)
}

/** `Set-Cookie` that drops a flow's cookie. */
export function dropFlowCookieHeader(name: string): string {
  return attributes(name, '', 0)
}

/** `__Host-` is refused by the browser without `Secure` and `Path=/`. */
function attributes(name: string, value: string, maxAgeS: number): string {
  const secure = name.startsWith('__Host-') ? '; Secure' : ''
  return `${name}=${value}; Path=/; Max-Age=${maxAgeS}; HttpOnly; SameSite=Lax${secure}`
}
