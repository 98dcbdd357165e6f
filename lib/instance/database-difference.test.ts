import { expect, test } from 'vitest'
import { databaseDifference } from './database-difference'

const known = {
  systemIdentifier: '7400000000000000001',
  databaseOid: 16_384,
  appUrl: 'https://patchbay.example.com',
  dataFolder: null,
}
const compared = (found: Partial<typeof known>, before: Partial<typeof known> = {}) =>
  databaseDifference({ ...known, ...before }, { ...known, ...found })

test('a database that is found as it was differs in nothing', () => {
  expect(compared({})).toBeNull()
})

test('each difference is told: from what, to what', () => {
  const told = compared({
    systemIdentifier: '7400000000000000002',
    databaseOid: 4_294_967_295,
    appUrl: 'https://staging.example.com',
  })
  expect(told).toBe(
    'The system identifier of its PostgreSQL was 7400000000000000001 and is 7400000000000000002. ' +
      'The number (oid) of the database was 16384 and is 4294967295: it was restored or copied. ' +
      'APP_URL was https://patchbay.example.com and is https://staging.example.com.',
  )
})

test('another APP_URL alone may be meant, and the words say what to do then', () => {
  expect(compared({ appUrl: 'https://tokens.example.com' })).toBe(
    'APP_URL was https://patchbay.example.com and is https://tokens.example.com. If you have only changed APP_URL, press Go on.',
  )
})

test.each([
  ['http://localhost:3000', 'http://localhost:3100'],
  ['http://localhost:3000', 'http://127.0.0.1:3000'],
  ['http://patchbay.localhost:3000', 'http://[::1]:3000'],
])('another port or name of this machine is the same address: %s, %s', (before, after) => {
  expect(compared({ appUrl: after }, { appUrl: before })).toBeNull()
})

test('this machine and any other address are two', () => {
  expect(compared({ appUrl: 'http://localhost:3000' })).toContain('APP_URL was')
  expect(compared({}, { appUrl: 'http://localhost:3000' })).toContain('APP_URL was')
})

test('a system identifier that is not told is not compared', () => {
  expect(compared({ systemIdentifier: 'unknown' })).toBeNull()
  expect(compared({}, { systemIdentifier: 'unknown' })).toBeNull()
})

test('the folder of an embedded database tells its copy on the same machine, by the same port or another', () => {
  const at = (dataFolder: string | null) => ({ ...known, appUrl: 'http://localhost:3000', dataFolder })
  expect(databaseDifference(at('/data/one'), at('/data/one'))).toBeNull()
  expect(databaseDifference(at('/data/one'), at(null))).toBeNull()
  expect(databaseDifference(at('/data/one'), at('/data/two'))).toBe(
    'Its files were in /data/one and are in /data/two. If you have only moved them, press Go on.',
  )
})
