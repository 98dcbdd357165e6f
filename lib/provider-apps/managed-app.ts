import type { Environment, GrantKind, ProviderId } from '../core/provider'
import type { Secret } from '../core/secret'

/** A provider app that is not entered by a person: described by the environment, or by the sandbox. */
export type ManagedApp = {
  slug: string
  provider: ProviderId
  environment: Environment
  name: string
  grants: GrantKind[]
  baseUrl: string
  browserUrl: string | null
  clientId: string | null
  clientSecret: Secret | null
  scopes: string[]
  s2sGuid: string | null
  /** As it was given: any form that `readPrivateKey` takes. */
  s2sPrivateKey: Secret | null
  installUrl: string | null
  pluginId: string | null
  webhookSecret: Secret | null
  rateLimitBypass: Secret | null
  agreedLimit: { limit: number; windowS: number } | null
}
