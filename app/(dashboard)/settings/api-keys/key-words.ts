import { listed } from '@/lib/core/listed'
import { providerNames } from '@/lib/core/provider'
import type { KeyReach } from '@/lib/server'

export const adminReason = 'Making and revoking keys needs the role admin.'

/** What a key reaches, in few words. */
export function reachWords({ providers, connections }: KeyReach): string {
  const [first] = connections
  if (first) return connections.length === 1 ? first.name : `${connections.length} connections`
  return providers.length === 0 ? 'All connections' : listed(providers.map((id) => providerNames[id]))
}
