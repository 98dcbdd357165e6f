import { Counter, Histogram, Registry } from 'prom-client'

/** Figures of one process, in Prometheus form. Made once with the other effects: no module keeps any. */
export type Metrics = ReturnType<typeof createMetrics>

const secondsBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 45]

export function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  return {
    registry,
    /** `outcome`: as in the journal, or `throttled`, `busy`, `held`, `not_possible`. */
    rotations: new Counter({
      name: 'patchbay_rotations_total',
      help: 'Rotations by provider, cause and outcome.',
      labelNames: ['provider', 'cause', 'outcome'] as const,
      registers,
    }),
    rotationSeconds: new Histogram({
      name: 'patchbay_rotation_duration_seconds',
      help: 'From the lease to the commit of a rotation.',
      labelNames: ['provider', 'outcome'] as const,
      buckets: secondsBuckets,
      registers,
    }),
    /** `call`: `token` or `probe`. With `patchbay_rotations_total` it gives the calls per rotation. */
    providerCalls: new Counter({
      name: 'patchbay_provider_calls_total',
      help: 'Calls of the rotation engine to a provider.',
      labelNames: ['provider', 'call'] as const,
      registers,
    }),
    /** `waited`: `yes` when the reader had to wait for a rotation. */
    tokenReads: new Counter({
      name: 'patchbay_token_reads_total',
      help: 'Reads of a fresh access token, by whether they had to wait for a rotation.',
      labelNames: ['waited'] as const,
      registers,
    }),
  }
}
