import type { Org, Person } from '../data/orgs'

/** On whose behalf a request comes: a person through an app, or the S2S app itself in one org. */
export type Caller = {
  readonly org: Org
  /** Undefined for S2S, which acts for no user. */
  readonly person: Person | undefined
  readonly scopes: readonly string[]
  readonly appName: string
  /** The bucket its requests count in: the user's, shared by all apps. */
  readonly bucket: string
}

/** What a bearer token turns out to be. `unknown` is no token that this Outreach ever made. */
export type Bearer = { kind: 'live'; caller: Caller } | { kind: 'expired' | 'revoked' | 'unknown' }
