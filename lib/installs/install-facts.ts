import type { GrantKind, ProviderId } from '../core/provider'
import { providerNames } from '../core/provider'
import type { OpenApp, TokenSet } from '../providers/contract'

/** Grants that begin with an install at the provider instead of a consent page. */
export type InstallGrant = Extract<GrantKind, 's2s' | 'plugin_install'>

/** Where an install was first heard of. */
export type InstallOrigin = 'landing' | 'webhook' | 'pasted'

/** What the provider told of an install besides its tokens. */
export type InstallTold = {
  orgId: string | null
  orgName: string | null
  /** Already checked against the provider's hosts. */
  apiUrl: string | null
  installedAt: Date | null
}

export const nothingTold: InstallTold = { orgId: null, orgName: null, apiUrl: null, installedAt: null }

export type InstallApp = Pick<OpenApp, 'id' | 'provider' | 'name' | 'scopes' | 'grants'>

/** The grant by which this app's installs get their tokens, `null` when it has none of that kind. */
export function installGrant(app: Pick<OpenApp, 'grants'>): InstallGrant | null {
  return app.grants.find((grant) => grant === 's2s' || grant === 'plugin_install') ?? null
}

export type InstallAccount = {
  /** `null` while the provider has not told. */
  id: string | null
  name: string | null
  email: string | null
  orgId: string | null
  orgName: string | null
  apiUrl: string | null
}

/** Who an install acts for, from its token answer first: a token proves what a body only says. */
export function installAccount(tokens: TokenSet | null, told: InstallTold): InstallAccount {
  const account = tokens?.account ?? {}
  const orgId = account.externalOrgId ?? account.externalAccountId ?? told.orgId
  return {
    id: account.externalAccountId ?? orgId,
    name: told.orgName ?? account.accountName ?? account.orgName ?? null,
    email: account.accountEmail ?? null,
    orgId,
    orgName: told.orgName ?? account.orgName ?? null,
    apiUrl: told.apiUrl ?? account.apiUrl ?? null,
  }
}

/** What a connection is called until the provider has told a name. */
export function unnamedAccount(
  provider: ProviderId,
  account: string | null,
  externalInstallId: string,
): string {
  const kind = provider === 'envoy' ? 'company' : 'org'
  return account
    ? `${providerNames[provider]} ${kind} ${account}`
    : `${providerNames[provider]} install ${externalInstallId}`
}
