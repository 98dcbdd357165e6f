import { collectDefaultMetrics } from 'prom-client'
import type { Metrics } from './metrics'

/**
 * Adds the figures of the process itself: processor, memory, garbage collection, delay of the event loop. Once per process, by its
 * entry: they are gathered by observers that run until it ends.
 */
export function watchProcess({ registry }: Metrics): void {
  collectDefaultMetrics({ register: registry })
}
