import type { Deps } from '../deps'

/** Between 0 and 1: how far a plan goes from its round instant, so that connections of one moment spread. */
export function jitter(deps: Pick<Deps, 'random'>): number {
  return (deps.random.bytes(1)[0] ?? 0) / 255
}
