import { PatchbayError } from '../core/errors'
import type { ClientCredentials } from '../oauth/token-request'
import type { FailureWords, OpenApp } from './contract'

/** The app's OAuth credentials; `null` while one of them is missing. */
export function clientCredentials(app: OpenApp): ClientCredentials | null {
  if (!app.clientId || app.clientSecret === null) return null
  return { clientId: app.clientId, clientSecret: app.clientSecret }
}

/** The outcome of a call that cannot be made because the app is a draft. */
export function incomplete(what: string): { kind: 'app_fault' } & FailureWords {
  return {
    kind: 'app_fault',
    code: 'provider_app_incomplete',
    words: `The app has no ${what} yet.`,
    status: null,
  }
}

/** @throws PatchbayError `provider_app_incomplete` while the app has no client id */
export function requireClientId(app: Pick<OpenApp, 'clientId' | 'name'>): string {
  if (app.clientId) return app.clientId
  throw new PatchbayError('provider_app_incomplete', `The app ${app.name} has no client id yet.`, {
    field: 'clientId',
  })
}
