import type { Statements } from '../db/named-statements'

/** When a connection's rotation is to run. A waiting job of the same connection is replaced by it. */
export type RotationPlan = {
  connectionId: string
  provider: string
  at: Date
  /** Failing ones come after those that are well. */
  failing: boolean
}

/** Jobs that processes with the role `worker` carry out. Adding one is a write in the database, by whatever process. */
export type JobQueue = {
  planRotations(plans: readonly RotationPlan[]): Promise<void>
}

/** The queue in the product's own database. */
export function createJobQueue(_sql: Statements): JobQueue {
  return { planRotations: async () => {} }
}
