import { z } from 'zod'

export const providerIds = ['outreach', 'envoy', 'outstand'] as const
export const providerIdSchema = z.enum(providerIds)
/** A company whose accounts Patchbay connects. */
export type ProviderId = z.infer<typeof providerIdSchema>

export const providerNames: Record<ProviderId, string> = {
  outreach: 'Outreach',
  envoy: 'Envoy',
  outstand: 'Outstand',
}

export const grantKinds = ['oauth_code', 's2s', 'plugin_install', 'client_credentials'] as const
export const grantKindSchema = z.enum(grantKinds)
/** How a connection's tokens are obtained (design, section 1). */
export type GrantKind = z.infer<typeof grantKindSchema>

export const environments = ['sandbox', 'development', 'production'] as const
export const environmentSchema = z.enum(environments)
export type Environment = z.infer<typeof environmentSchema>
