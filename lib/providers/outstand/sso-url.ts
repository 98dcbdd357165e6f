import { below } from '../base-url'
import type { OpenApp } from '../contract'

/** Where a form posts an access token to sign a person in (seed 004, “Single Sign-On”). It never carries the token itself. */
export function ssoUrl(app: Pick<OpenApp, 'baseUrl'>): URL {
  return below(app.baseUrl, 'sso')
}
