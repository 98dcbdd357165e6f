import { Counter, Gauge, Histogram, Registry } from 'prom-client'

/** Figures of one process, in Prometheus form. Made once with the other effects: no module keeps any. */
export type Metrics = ReturnType<typeof createMetrics>

const secondsBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 45]
const requestBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

export function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  return {
    registry,
    /** `outcome`: `renewed`, the outcome of a failure, `throttled`, `put_off`, `busy`, `not_possible`, or the code of an error. */
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
    /** `status`: `2xx`, `none` when no answer came, `held` when the gateway answered 429 without calling. */
    proxiedCalls: new Counter({
      name: 'patchbay_proxied_calls_total',
      help: 'Calls of programs to a provider through the proxy, by provider and class of status.',
      labelNames: ['provider', 'status'] as const,
      registers,
    }),
    /** `outcome`: `granted`, `limit` (refused: the window is used up), `provider_said` (refused: a 429 asked for silence). */
    permits: new Counter({
      name: 'patchbay_permits_total',
      help: 'Calls that asked whether they may be made, by provider and outcome.',
      labelNames: ['provider', 'outcome'] as const,
      registers,
    }),
    providerRefusals: new Counter({
      name: 'patchbay_provider_429_total',
      help: 'Calls that a provider answered with 429.',
      labelNames: ['provider'] as const,
      registers,
    }),
    /** `route`: a group of `routeGroup` (server/route-group.ts), never a path. `status`: `2xx`, or `aborted` by the client. */
    requestSeconds: new Histogram({
      name: 'patchbay_http_request_duration_seconds',
      help: 'Requests by group of routes, method and class of status.',
      labelNames: ['route', 'method', 'status'] as const,
      buckets: requestBuckets,
      registers,
    }),
    clockOffset: new Gauge({
      name: 'patchbay_clock_offset_seconds',
      help: 'How far the clock of the database is ahead of the one of this machine; 0 within half a second.',
      registers,
    }),
    stored: storedGauges(registers),
  }
}

/** Figures of the whole installation, read from the database at each scrape: every process reports the same. */
function storedGauges(registers: Registry[]) {
  return {
    connections: new Gauge({
      name: 'patchbay_connections',
      help: 'Connections by provider and status.',
      labelNames: ['provider', 'status'] as const,
      registers,
    }),
    oldestOverdue: new Gauge({
      name: 'patchbay_oldest_overdue_seconds',
      help: 'How long the connection that has waited longest is overdue for its renewal; 0 when none is.',
      registers,
    }),
    openRotations: new Gauge({
      name: 'patchbay_rotations_open',
      help: 'Token calls whose answer is not stored: those that run, and those whose answer was lost.',
      registers,
    }),
    workersAlive: new Gauge({
      name: 'patchbay_workers_alive',
      help: 'Processes with the role worker that have beaten lately.',
      registers,
    }),
    rotationsHeld: new Gauge({
      name: 'patchbay_rotations_held',
      help: '1 while this database holds its rotations because it is a copy.',
      registers,
    }),
    providerTroubles: new Gauge({
      name: 'patchbay_provider_troubles_open',
      help: 'Hosts of providers that refuse many accounts at once.',
      labelNames: ['provider'] as const,
      registers,
    }),
    jobs: new Gauge({
      name: 'patchbay_queue_jobs',
      help: 'Jobs by task and state: planned for later, due, running, or failed for good.',
      labelNames: ['task', 'state'] as const,
      registers,
    }),
  }
}
