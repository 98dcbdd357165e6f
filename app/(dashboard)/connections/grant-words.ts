import type { GrantKind, ProviderId } from '@/lib/core/provider'

/** A grant kind in words: `short` for lists, `long` for the connection's own page. */
export function grantWords(grant: GrantKind, provider: ProviderId): { short: string; long: string } {
  switch (grant) {
    case 'oauth_code':
      return { short: 'OAuth', long: 'OAuth authorization code: a person consented' }
    case 's2s':
      return { short: 'S2S', long: 'Server-to-server install: acts for no user' }
    case 'plugin_install':
      return { short: 'Install', long: 'App install: acts for the company that installed it' }
    case 'client_credentials':
      return provider === 'outstand'
        ? { short: 'Application level', long: 'Client credentials: application level, tied to no user' }
        : { short: 'Application', long: 'Client credentials: acts for the application' }
  }
}
