import { readBasic } from '../kernel/basic-auth'
import { type Fields, single } from '../kernel/body'
import { sameText } from '../kernel/tokens'
import type { EnvoyApp } from './apps'

function isText(value: string | undefined): value is string {
  return value !== undefined
}

/**
 * The app a token request comes from: by HTTP Basic, by body fields, or by both at once, as Envoy's SDK sends them
 * (providers.md 2.3); what is given twice has to agree. Null for everything else; the caller answers 401.
 */
export function authenticateClient(
  apps: readonly EnvoyApp[],
  authorization: string | undefined,
  fields: Fields,
): EnvoyApp | null {
  const basic = readBasic(authorization)
  if (basic === null || (basic === undefined && authorization !== undefined)) return null
  const ids = [basic?.id, single(fields, 'client_id')].filter(isText)
  const secrets = [basic?.secret, single(fields, 'client_secret')].filter(isText)
  const app = apps.find((candidate) => candidate.clientId === ids[0])
  if (app === undefined || ids.some((id) => id !== app.clientId)) return null
  return secrets.length > 0 && secrets.every((secret) => sameText(secret, app.clientSecret)) ? app : null
}
