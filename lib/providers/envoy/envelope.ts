import { z } from 'zod'
import { parseWebhookBody } from '../webhook-body'
import { wireId } from './wire-id'

const word = z
  .string()
  .trim()
  .regex(/^[\w.:-]{1,200}$/)

/** A JSON:API object with a name among its attributes, as `company` and `location` are (providers.md 2.6). */
const namedObject = z
  .object({
    id: wireId.nullish().catch(null),
    attributes: z
      .object({ name: z.string().trim().min(1).max(300).nullish().catch(null) })
      .nullish()
      .catch(null),
  })
  .nullish()
  .catch(null)

/** `null` unless the app has scopes. Only the company is read: the token in it is never kept. */
const auth = z
  .object({ company_id: wireId.nullish().catch(null) })
  .nullish()
  .catch(null)

const meta = z.object({
  plugin_id: wireId,
  install_id: wireId,
  route: word.nullish(),
  event: word.nullish(),
  auth,
  company: namedObject,
  location: namedObject,
})

/** The envelope that Envoy's SDK reads. */
const currentEnvelope = z.object({ meta })

/** The envelope of seed 003: `name` says which of the two it is. */
const olderEnvelope = z.object({ name: z.enum(['route', 'event']), request_meta: meta })

export type EnvoyEvent = {
  /** A route is called during set-up and its answer counts; an event only tells. */
  kind: 'route' | 'event'
  /** Name of the route or event, such as `step-0-field-1-options` or `plugin_uninstalled`. */
  name: string
  pluginId: string
  installId: string
  companyId: string | null
  companyName: string | null
  locationName: string | null
}

/** Reads a verified webhook in either envelope; `null` when it is neither. */
export function readEnvoyEvent(rawBody: Uint8Array): EnvoyEvent | null {
  const json = parseWebhookBody(rawBody)
  const current = currentEnvelope.safeParse(json)
  if (current.success) return toEvent(current.data.meta, null)
  const older = olderEnvelope.safeParse(json)
  return older.success ? toEvent(older.data.request_meta, older.data.name) : null
}

/** Whether Envoy expects a list of choices in the answer: the route fills an options field (seed 003's own sample). */
export function wantsOptions(event: Pick<EnvoyEvent, 'kind' | 'name'>): boolean {
  return event.kind === 'route' && event.name.endsWith('-options')
}

/** The event after which the install's tokens are of no use (providers.md 2.6). */
export function isUninstall(event: Pick<EnvoyEvent, 'kind' | 'name'>): boolean {
  return event.kind === 'event' && event.name === 'plugin_uninstalled'
}

function toEvent(read: z.infer<typeof meta>, said: 'route' | 'event' | null): EnvoyEvent | null {
  const kind = said ?? (read.route ? 'route' : 'event')
  const name = kind === 'route' ? read.route : read.event
  if (!name) return null
  return {
    kind,
    name,
    pluginId: read.plugin_id,
    installId: read.install_id,
    companyId: read.auth?.company_id ?? read.company?.id ?? null,
    companyName: read.company?.attributes?.name ?? null,
    locationName: read.location?.attributes?.name ?? null,
  }
}
