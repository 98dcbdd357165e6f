import type { Deps } from '../deps'

/** Next evaluates lib/ more than once per process; the global symbol registry is the one place all copies share. */
const slot = Symbol.for('patchbay.deps')

/** Called once, by the process's entry, before the first request. */
export function setDeps(deps: Deps): void {
  Reflect.set(globalThis, slot, deps)
}

/** @throws Error when the process was not started by server.ts (`next start` alone has no database and no keys) */
export function deps(): Deps {
  const found: Deps | undefined = Reflect.get(globalThis, slot)
  if (!found) throw new Error('Patchbay is started with `npm start`, which runs server.ts')
  return found
}
