import type { EnvoyPlugin } from './apps'
import { findCompany, findLocation } from './directory'
import type { EnvelopeShape, EnvoyInstall, InstallIdType } from './state'
import { tokenAnswer } from './token-answer'
import { ACCESS_TTL_S, type IssuedPair } from './token-pairs'

/** What a webhook is about. A route is called during set-up and its answer counts; an event is only reported. */
export type WebhookSubject =
  | { kind: 'route'; name: string; params: Record<string, unknown> }
  | { kind: 'event'; name: string; job: { id: string; name: string; identifier: string } }

export type WebhookContent = {
  subject: WebhookSubject
  /** The plugin named in the envelope: the app's own, unless a test wants a foreign one. */
  pluginId: EnvoyPlugin['pluginId']
  install: EnvoyInstall
  /** The short-lived token; null when the app has no scopes (providers.md 2.6). */
  auth: IssuedPair | null
  payload: unknown
}

function companyResource(companyId: string) {
  const company = findCompany(companyId)
  if (company === undefined) return null
  return {
    id: company.id,
    type: 'companies',
    attributes: { name: company.name, active: true, 'created-at': company.createdAt },
  }
}

function locationResource(locationId: string) {
  const location = findLocation(locationId)
  if (location === undefined) return null
  return {
    id: location.id,
    type: 'locations',
    attributes: {
      name: location.name,
      'company-name-override': null,
      timezone: location.timezone,
      locale: null,
      address: `${location.address}, ${location.city}`,
      'address-line-one': location.address,
      'address-line-two': null,
      city: location.city,
      state: null,
      country: location.country,
      zip: null,
      longitude: null,
      latitude: null,
      'created-at': findCompany(location.companyId)?.createdAt ?? null,
    },
  }
}

function currentAuth(auth: IssuedPair | null) {
  if (auth === null) return null
  return {
    token_type: 'Bearer',
    access_token: auth.accessToken,
    expires_in: ACCESS_TTL_S,
    refresh_token: null,
    refresh_token_expires_in: null,
  }
}

function aboutOf(subject: WebhookSubject) {
  return subject.kind === 'route'
    ? { route: subject.name, params: subject.params }
    : { event: subject.name, job: subject.job }
}

/** The older platform envelope: `name`, `request_meta` and `request_body` (seed 003; the legacy platform SDK reads it). */
function legacyEnvelope(content: WebhookContent, installId: number | string): object {
  const { subject, pluginId, install, auth, payload } = content
  return {
    name: subject.kind,
    request_meta: {
      auth: auth === null ? null : tokenAnswer(auth),
      ...aboutOf(subject),
      plugin_id: pluginId,
      install_id: installId,
    },
    request_body: payload,
    plugin_install: { id: installId, config: install.config, storage: {} },
  }
}

/** The current envelope, `meta` and `payload`, as Envoy's integrations SDK reads it. */
function currentEnvelope(content: WebhookContent, installId: number | string): object {
  const { subject, pluginId, install, auth, payload } = content
  return {
    meta: {
      ...aboutOf(subject),
      plugin_id: pluginId,
      install_id: installId,
      config: install.config,
      location: locationResource(install.locationId),
      company: companyResource(install.companyId),
      zone: null,
      auth: currentAuth(auth),
    },
    payload,
  }
}

/** Writes the JSON text of a webhook in one of the two shapes Envoy is known to use (providers.md 2.6). */
export function writeEnvelope(content: WebhookContent, shape: EnvelopeShape, idType: InstallIdType): string {
  const installId = idType === 'number' ? content.install.id : String(content.install.id)
  const envelope =
    shape === 'request_meta' ? legacyEnvelope(content, installId) : currentEnvelope(content, installId)
  return JSON.stringify(envelope)
}
