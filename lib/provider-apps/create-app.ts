import { z } from 'zod'
import type { Config } from '../config/config'
import { type Actor, requireRole } from '../core/actor'
import { PatchbayError } from '../core/errors'
import { newId } from '../core/ids'
import { type ProviderId, providerIdSchema } from '../core/provider'
import type { Deps } from '../deps'
import { auditApp } from './app-audit'
import { appFields, parseAppInput, requireGrants } from './app-input'
import { makeSlug } from './app-slug'

const inputSchema = z.object({
  provider: providerIdSchema,
  environment: z.enum(['development', 'production'], 'Choose an environment.'),
  name: appFields.name,
  grants: appFields.grants,
  /** A white label's own origin; Outstand only. */
  baseUrl: appFields.baseUrl.nullish(),
})

/**
 * Makes a draft of a provider app: it has its URLs at once, credentials are entered later, in the order the provider forces.
 *
 * @returns the id, and the slug that stands in its landing URL
 * @throws PatchbayError `forbidden`, `invalid_input`
 */
export async function createApp(
  deps: Deps,
  actor: Actor,
  input: z.input<typeof inputSchema>,
): Promise<{ appId: string; slug: string }> {
  const user = requireRole(actor, 'admin')
  const { provider, environment, name, grants, baseUrl } = parseAppInput(inputSchema, input)
  requireGrants(provider, deps.providers.get(provider).grants, grants)
  if (baseUrl && provider !== 'outstand') {
    throw new PatchbayError('invalid_input', 'Only Outstand has white labels with a base URL of their own.', {
      field: 'baseUrl',
    })
  }
  const hosts = hostsOf(deps.config, provider)
  const id = newId('providerApp', deps.clock.now().getTime(), deps.random.bytes(10))
  const slug = makeSlug(name, provider, deps.random.bytes(4))
  const scopes = grants.includes('oauth_code')
    ? deps.providers.get(provider).scopes({ grants }, 'oauth_code').always
    : []
  await deps.db.$transaction(async (tx) => {
    await tx.providerApp.create({
      data: {
        id,
        slug,
        provider,
        environment,
        origin: 'settings',
        name,
        grants,
        scopes: [...scopes],
        ...hosts,
        ...(baseUrl ? { baseUrl: trimBase(baseUrl) } : {}),
      },
      select: { id: true },
    })
    await auditApp(tx, deps, user, { id, name }, 'provider_app.created', { provider, environment, grants })
  })
  await deps.events.publish({ topic: 'app', id })
  return { appId: id, slug }
}

/** A base URL as it is stored: without query, fragment and trailing slash. */
export function trimBase(baseUrl: string): string {
  const url = new URL(baseUrl)
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
}

function hostsOf(
  { providerUrls }: Pick<Config, 'providerUrls'>,
  provider: ProviderId,
): { baseUrl: string; browserUrl: string | null } {
  switch (provider) {
    case 'outreach':
      return { baseUrl: providerUrls.outreach, browserUrl: null }
    case 'envoy':
      return { baseUrl: providerUrls.envoyApi, browserUrl: providerUrls.envoyApp }
    case 'outstand':
      return { baseUrl: providerUrls.outstand, browserUrl: null }
  }
}
