import type { ProviderId } from '../core/provider'
import type { Provider } from './contract'
import { envoy } from './envoy/envoy'
import { outreach } from './outreach/outreach'
import { outstand } from './outstand/outstand'

export type ProviderRegistry = { get(id: ProviderId): Provider }

const byId: Record<ProviderId, Provider> = { outreach, envoy, outstand }

export const providerRegistry: ProviderRegistry = { get: (id) => byId[id] }
