import type { Operation } from './operation'
import { getConnection } from './operations/get-connection'
import { listConnections } from './operations/list-connections'
import { proxy } from './operations/proxy'
import { readRateLimit } from './operations/read-rate-limit'
import { readToken } from './operations/read-token'
import { refreshToken } from './operations/refresh-token'

/** Every operation of the machine API, in the order of the reference. */
export const operations: readonly Operation[] = [
  listConnections,
  getConnection,
  readRateLimit,
  readToken,
  refreshToken,
  proxy,
]
