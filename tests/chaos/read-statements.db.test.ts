import { afterAll, beforeAll, expect, test } from 'vitest'
import { chaosTests } from './chaos-tests'
import { type OwnCluster, ownCluster } from './own-cluster'

const makeWorld = chaosTests()
let cluster: OwnCluster

beforeAll(async () => {
  cluster = await ownCluster()
})
afterAll(() => cluster.close())

test('reading a fresh token makes exactly one SQL statement, a SELECT', async () => {
  const world = await makeWorld('first_use', await cluster.database())
  const connectionId = await world.connect()
  const reader = await world.start()
  const read = () => reader.ask({ kind: 'read', connectionId, readers: 1 })
  // The first one opens a connection to the database.
  const [first] = await read()

  const before = await cluster.logStatements()
  expect([await read(), await read(), await read()]).toEqual([[first], [first], [first]])
  const statements = await cluster.statementsSince(before)

  expect(statements).toHaveLength(3)
  expect(new Set(statements).size).toBe(1)
  expect(statements[0]).toMatch(/^execute \w+: \s*SELECT/)
  expect(statements[0]).not.toMatch(/\b(?:INSERT|UPDATE|DELETE|nextval|pg_notify|FOR)\b/i)
  expect(world.gate.calls()).toBe(0)
})
