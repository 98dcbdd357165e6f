import { loadConfig } from '../../lib/config/load-config'
import { isPatchbayError } from '../../lib/core/errors'
import type { Deps } from '../../lib/deps'
import { fingerprint } from '../../lib/http/fingerprint'
import { freshAccessToken } from '../../lib/rotation/fresh-access-token'
import { rotateConnection } from '../../lib/rotation/rotate-connection'
import { createRuntime } from '../../lib/runtime/create-runtime'
import { createLogger } from '../../lib/telemetry/logger'
import type { FromProcess, Order, ReadResult, Results, ToProcess } from './orders'
import { saboteur } from './saboteur'
import { spend, takePermits } from './spend'

/** A token that ends within this is too old for the readers here. */
const minTtlMs = 60_000

/**
 * A process to torture: the product's own effects on the database and keys that the environment names, told by its parent what
 * to do. `CHAOS_SKEW_MS` puts its clock wrong. It ends with its parent or when it is killed.
 */
async function main(): Promise<void> {
  const loaded = loadConfig(process.env)
  if (!loaded.ok) throw new Error(loaded.faults.join('\n'))
  const skewMs = Number(process.env.CHAOS_SKEW_MS ?? 0)
  const runtime = await createRuntime({
    config: loaded.config,
    log: createLogger(loaded.config.logLevel, { write: (line) => void process.stderr.write(line) }),
    clock: { now: () => new Date(Date.now() + skewMs) },
  })
  const http = saboteur(runtime.deps.http)
  const deps: Deps = { ...runtime.deps, http }

  async function carryOut(order: Order): Promise<Results[Order['kind']]> {
    switch (order.kind) {
      case 'read':
        return Promise.all(Array.from({ length: order.readers }, () => read(deps, order.connectionId)))
      case 'rotate':
        return rotateConnection(deps, order.connectionId, { cause: order.cause })
      case 'strike':
        http.plan(order)
        return null
      case 'spend':
        return spend(deps, order)
      case 'take':
        return takePermits(deps, order)
      case 'settle':
        await deps.permits.flush()
        return null
    }
  }

  process.on('message', ({ id, order }: ToProcess) => {
    carryOut(order).then(
      (result) => tell({ id, result }),
      (error: unknown) => tell({ id, failed: String(error) }),
    )
  })
  process.on('disconnect', () => process.exit())
  tell({ ready: true })
}

async function read(deps: Deps, connectionId: string): Promise<ReadResult> {
  try {
    const { accessToken } = await freshAccessToken(deps, connectionId, { minTtlMs })
    return { fingerprint: fingerprint(accessToken) }
  } catch (error) {
    if (isPatchbayError(error)) return { code: error.code }
    throw error
  }
}

function tell(message: FromProcess): void {
  process.send?.(message)
}

await main()
