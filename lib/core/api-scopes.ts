/** What an API key may do (design, section 5). */
export const apiScopes = ['connections:read', 'tokens:read', 'tokens:refresh', 'proxy'] as const
export type ApiScope = (typeof apiScopes)[number]

export const apiScopeWords: Record<ApiScope, string> = {
  'connections:read': 'List connections, their status and their rate limits',
  'tokens:read': 'Read access tokens',
  'tokens:refresh': 'Renew tokens',
  proxy: 'Call the providers through Patchbay',
}
