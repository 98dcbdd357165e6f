import { type Clock, createClock } from './clock'
import { type ContextOptions, createContext } from './context'
import type { ProviderName, SandboxContext } from './contract'

/** A clock that stands at `startMs` until it is advanced. */
export function standingClock(startMs = Date.UTC(2026, 0, 5, 10)): Clock {
  return createClock({ offsetMs: 0, keep: () => undefined }, () => startMs)
}

/** A context in memory, for tests; its clock stands still. */
export function testContext(provider: ProviderName, overrides: Partial<ContextOptions> = {}): SandboxContext {
  return createContext({
    provider,
    clock: standingClock(),
    folder: null,
    baseUrl: `http://${provider}.sandbox.test`,
    browserUrl: `http://${provider}.sandbox.test`,
    appUrl: 'http://patchbay.test',
    ...overrides,
  })
}
