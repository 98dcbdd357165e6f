import { join } from 'node:path'
import { z } from 'zod'
import { createCallLog } from './calls'
import type { Clock } from './clock'
import type { ProviderName, SandboxContext } from './contract'
import { createFaults } from './faults'
import { createSchedule } from './schedule'
import { openStore, readText, type Store, type StoreOptions, writeWhole } from './store'

export type ContextOptions = {
  readonly provider: ProviderName
  readonly clock: Clock
  /** Where state is kept; null keeps it in memory. */
  readonly folder: string | null
  readonly baseUrl: string
  readonly browserUrl: string
  readonly appUrl: string
  readonly warn?: (words: string) => void
  readonly issued?: (kind: string, value: string) => void
}

const secretsSchema = z.record(z.string(), z.string())

/** Puts together what one provider needs; all its stores live in `folder`. */
export function createContext(options: ContextOptions): SandboxContext {
  const { provider, clock, folder } = options
  const appUrl = options.appUrl.replace(/\/+$/, '')
  const warn = options.warn ?? (() => undefined)
  const stores: Store<unknown>[] = []
  const faults = createFaults()
  const calls = createCallLog(clock)
  const schedule = createSchedule(clock, (error) => warn(`a task of ${provider} failed: ${String(error)}`))
  return {
    provider,
    clock,
    schedule,
    faults,
    calls,
    baseUrl: options.baseUrl,
    browserUrl: options.browserUrl,
    appUrl,
    callbackUrl: `${appUrl}/api/callback/${provider}`,
    webhookUrl: `${appUrl}/api/webhooks/${provider}`,
    openStore<T>(name: string, storeOptions: StoreOptions<T>) {
      const file = folder === null ? null : join(folder, `${provider}.${name}.json`)
      const store = openStore(file, storeOptions, warn)
      stores.push(store)
      return store
    },
    secret: secretKeeper(folder === null ? null : join(folder, `${provider}.secrets.json`)),
    issued: options.issued ?? (() => undefined),
    async reset() {
      schedule.clear()
      faults.clear()
      calls.clear()
      await Promise.all(stores.map((store) => store.reset()))
    },
    async flush() {
      await Promise.all(stores.map((store) => store.flush()))
    },
  }
}

function secretKeeper(file: string | null): SandboxContext['secret'] {
  const text = file === null ? null : readText(file)
  const kept = text === null ? {} : secretsSchema.parse(JSON.parse(text))
  return (name, make) => {
    const found = kept[name]
    if (found !== undefined) return found
    const made = make()
    kept[name] = made
    if (file !== null) writeWhole(file, `${JSON.stringify(kept, null, 2)}\n`)
    return made
  }
}
