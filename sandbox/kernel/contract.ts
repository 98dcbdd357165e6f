import type { IncomingMessage } from 'node:http'
import type { Context, Hono } from 'hono'
import type { z } from 'zod'
import type { CallLog } from './calls'
import type { Clock } from './clock'
import type { Faults } from './faults'
import type { Schedule } from './schedule'
import type { Store, StoreOptions } from './store'

export const PROVIDER_NAMES = ['outreach', 'envoy', 'outstand'] as const
export type ProviderName = (typeof PROVIDER_NAMES)[number]

export type SandboxEnvironment = 'sandbox' | 'development' | 'production'
export type SandboxGrant = 'oauth_code' | 's2s' | 'plugin_install' | 'client_credentials'

/** `incoming` exists behind a real socket only; `app.request` of a test has none. */
export type SandboxEnv = { Bindings: { incoming?: IncomingMessage } }

/** A call as the readers of bodies and tokens need it; a context of any wider environment fits. */
export type CallContext = Pick<Context<SandboxEnv>, 'req' | 'env'>

/** One app registered at a sandbox provider, with everything its owner has to type into Patchbay. Null where it has none. */
export type SandboxApp = {
  readonly key: string
  readonly provider: ProviderName
  readonly environment: SandboxEnvironment
  readonly name: string
  readonly grants: readonly SandboxGrant[]
  readonly scopes: readonly string[]
  /** Where programs reach the provider, and where browsers do. */
  readonly baseUrl: string
  readonly browserUrl: string
  readonly clientId: string | null
  readonly clientSecret: string | null
  readonly s2sGuid: string | null
  readonly s2sPrivateKeyPem: string | null
  readonly webhookSecret: string | null
  readonly installUrl: string | null
  readonly pluginId: string | null
  readonly rateLimitBypass: string | null
  readonly agreedLimit: { readonly limit: number; readonly windowS: number } | null
  readonly redirectUris: readonly string[]
  readonly landingUrl: string | null
  readonly webhookUrl: string | null
}

/** One thing a person or a test can make the provider do. Made by `defineAction`, which ties `run` to `input`. */
export type SandboxAction = {
  readonly summary: string
  readonly input: z.ZodObject
  /** Parses `raw` with `input`, throws ZodError when it does not fit and SandboxRefusal when it cannot be done. */
  run(raw: unknown): Promise<unknown>
}

export type SandboxProvider = {
  readonly name: ProviderName
  readonly app: Hono<SandboxEnv>
  readonly actions: Readonly<Record<string, SandboxAction>>
  apps(): SandboxApp[]
  /** What the control page shows of the state: counts, settings, names; never a token or secret. */
  overview(): Readonly<Record<string, unknown>>
  /** Back to the first day: tokens, installs, settings. Credentials of the apps stay. */
  reset(): Promise<void>
  flush(): Promise<void>
}

/** Everything a provider gets from the process that runs it. */
export type SandboxContext = {
  readonly provider: ProviderName
  readonly clock: Clock
  readonly schedule: Schedule
  readonly faults: Faults
  readonly calls: CallLog
  readonly baseUrl: string
  readonly browserUrl: string
  /** Patchbay's public URL, without a slash at the end, and what is registered from it. */
  readonly appUrl: string
  readonly callbackUrl: string
  readonly webhookUrl: string
  /** One JSON file of state; `name` tells several files of one provider apart. */
  openStore<T>(name: string, options: StoreOptions<T>): Store<T>
  /** A value made once, at the first start, and kept for ever under `name`. */
  secret(name: string, make: () => string): string
  /** Tells the ledger that a secret value was handed out; a leak test then looks for it elsewhere. */
  issued(kind: string, value: string): void
  /** Resets every opened store, the faults and the call log. */
  reset(): Promise<void>
  flush(): Promise<void>
}
