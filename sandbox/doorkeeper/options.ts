import type { html } from 'hono/html'
import type { SandboxContext } from '../kernel/contract'
import type { TokenRow } from './model'

export type GrantType = 'authorization_code' | 'refresh_token' | 'client_credentials'

export type DoorkeeperClient = {
  readonly clientId: string
  readonly secret: string
  readonly name: string
  readonly redirectUris: readonly string[]
  readonly grants: readonly ('authorization_code' | 'client_credentials')[]
  /** All that it may ask for, and what it gets when it asks for none. */
  readonly scopes: readonly string[]
  readonly defaultScopes: readonly string[]
  /** Scopes of a token without a person, when asked for none; `scopes` when left out. */
  readonly applicationScopes?: readonly string[]
  /** An older kind of app: a refresh answers a new access token only and the refresh token stays. */
  readonly keepsRefreshToken?: boolean
}

/** Somebody who can sign in and consent. `detail` is shown beside the name: an org, a role. */
export type Person = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly detail: string
}

export type MintRequest = {
  readonly client: DoorkeeperClient
  readonly ownerId: string | null
  readonly grantType: GrantType
}

export type DoorkeeperOptions = {
  readonly context: SandboxContext
  /** `Outreach`, `Outstand`: the name on the pages. */
  readonly label: string
  findClient(clientId: string): DoorkeeperClient | undefined
  people(): readonly Person[]
  /** Lives in seconds; a null refresh life means without end. */
  readonly accessTtlS: number
  readonly codeTtlS: number
  readonly refreshTtlS: number | null
  /** A request without scope, where the client has no default ones: refused when true, granted without scope when false. */
  readonly scopeCompulsory: boolean
  /** Live refresh tokens per person and app; the oldest beyond it is revoked. Null: no limit. */
  readonly refreshTokensMax: number | null
  /** A token of 43 random characters when left out. */
  makeAccessToken?(request: MintRequest & { readonly scopes: readonly string[] }): string
  /** Asked after all checks and before anything is spent: an answer here refuses the mint, e.g. 429. */
  refuseMint?(request: MintRequest): Response | null
  /** Whether a person's grants are asleep: their tokens open nothing and cannot be refreshed until this is false again. */
  suspended?(ownerId: string): boolean
  /** Called with every new row, before it is saved. */
  minted?(row: TokenRow, grantType: GrantType): void
  /** Rewrites the answer for a client with other habits. */
  shapeAnswer?(
    body: Readonly<Record<string, unknown>>,
    request: MintRequest,
  ): Readonly<Record<string, unknown>>
  /** A warning above the consent, e.g. for development credentials. */
  consentNotice?(client: DoorkeeperClient, person: Person): ReturnType<typeof html> | null
  /** What a scope lets the app do, in words; the scope's own name when left out. */
  describeScope?(scope: string): string
}
