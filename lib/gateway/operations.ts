import type { Operation } from './operation'
import { getConnection } from './operations/get-connection'

/** Every operation of the machine API, in the order of the reference. */
export const operations: readonly Operation[] = [getConnection]
