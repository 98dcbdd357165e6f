import type { Config } from '../config/config'
import type { Secret } from '../core/secret'

const ttlS = 30 * 60

type CookieConfig = Pick<Config, 'cookieSecure'>

export function setupCookieName({ cookieSecure }: CookieConfig): string {
  return `${cookieSecure ? '__Host-' : ''}patchbay.setup`
}

/** The `Set-Cookie` value that carries the set-up link's token to the form. */
export function setupCookie(config: CookieConfig, token: Secret): string {
  const name = setupCookieName(config)
  const secure = config.cookieSecure ? '; Secure' : ''
  return `${name}=${token.reveal()}; Path=/; Max-Age=${ttlS}; HttpOnly; SameSite=Lax${secure}`
}
