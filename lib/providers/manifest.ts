import type { Environment, GrantKind } from '../core/provider'

/** Which of our addresses an app with these grants has to be told at the provider. */
export type AppUrls = {
  /** Where to enter the redirect URI; `null`: the grant has none. */
  redirect: string | null
  /** Where to enter the webhook URL, and what comes there. */
  webhook: string | null
  /** Where to enter the landing URL after an install. */
  landing: string | null
}

/** What the pages say of a provider: facts and words, no secret and no call. */
export type ProviderManifest = {
  /** The real hosts, without a trailing slash: the base URLs of an app that names none. */
  hosts: { baseUrl: string; browserUrl: string | null }
  urls(grants: readonly GrantKind[]): AppUrls
  /** How an admin grants a scope that the app lacks, then presses Reconnect. */
  missingScopeHint(environment: Environment): string
  /** What a connection of this grant acts for and reaches; `null`: nothing worth saying. */
  reach(grant: GrantKind): string | null
  /** Where a person takes the access away at the provider. */
  removeThere(grant: GrantKind): string
  /** What a development app may not do; `null`: nothing. */
  developmentNote: string | null
  /** Safe GETs that tell something of every account, for trying the API. */
  readyCalls(grant: GrantKind): readonly ReadyCall[]
}

/** @property path with its query, below the provider's API as the proxy takes it */
export type ReadyCall = { path: string; words: string }
