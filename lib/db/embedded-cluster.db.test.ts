import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Secret } from '../core/secret'
import { type ClusterOptions, type EmbeddedCluster, startCluster } from './embedded-cluster'

let dataDir: string
let options: ClusterOptions
let cluster: EmbeddedCluster

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'patchbay-cluster-'))
  options = {
    dataDir,
    clusterId: `test-${randomBytes(6).toString('hex')}`,
    password: Secret.of(randomBytes(24).toString('base64url')),
    sessionsMax: 20,
    durable: false,
    say: () => {},
  }
  cluster = await startCluster(options)
})
afterEach(async () => {
  await cluster.stop()
  await rm(dataDir, { recursive: true, force: true })
})

async function ask<Row extends object>(sql: string, url = cluster.url): Promise<Row[]> {
  const client = new Client({ connectionString: url })
  try {
    await client.connect()
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

async function postmasterPid(): Promise<number> {
  return Number((await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0])
}

describe('the embedded PostgreSQL', () => {
  it('is UTF-8, closed to other users, and asks for its password by SCRAM', async () => {
    const rows = await ask('SHOW server_encoding')
    expect(rows).toEqual([{ server_encoding: 'UTF8' }])
    expect(
      await ask(
        "SELECT rolpassword LIKE 'SCRAM-SHA-256%' AS scram FROM pg_authid WHERE rolpassword IS NOT NULL",
      ),
    ).toEqual([{ scram: true }])
    expect(await ask('SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
    expect((await stat(join(dataDir, 'postgres'))).mode & 0o077).toBe(0)
    const wrong = new URL(cluster.url)
    wrong.password = 'guessed'
    await expect(ask('SELECT 1', wrong.href)).rejects.toThrow(/password/)
  })

  it('is adopted where it runs already, with what was stored', async () => {
    await ask('CREATE TABLE kept (id int)')
    const pid = await postmasterPid()
    cluster = await startCluster(options)
    expect(await postmasterPid()).toBe(pid)
    expect(await ask('SELECT count(*)::int AS count FROM kept')).toEqual([{ count: 0 }])
  })

  it('starts again after it was killed', async () => {
    const pid = await postmasterPid()
    process.kill(pid, 'SIGKILL')
    cluster = await startCluster(options)
    expect(await postmasterPid()).not.toBe(pid)
    expect(await ask('SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  it('comes back on the same port while the application runs', async () => {
    expect(await cluster.keepUp()).toBe(false)
    process.kill(await postmasterPid(), 'SIGKILL')
    await expect.poll(() => cluster.keepUp()).toBe(true)
    expect(await ask('SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  it('is not stopped under another process that uses it', async () => {
    const other = new Client({ connectionString: cluster.url, application_name: 'patchbay' })
    await other.connect()
    expect(await cluster.stop()).toBe(false)
    await other.end()
    // Its session may outlive it by a moment.
    await expect
      .poll(() => ask("SELECT 1 FROM pg_stat_activity WHERE application_name = 'patchbay'"))
      .toEqual([])
    expect(await cluster.stop()).toBe(true)
    await expect(ask('SELECT 1')).rejects.toThrow(/ECONNREFUSED/)
  })

  it('says which file is wrong when its password was replaced', async () => {
    await expect(startCluster({ ...options, password: Secret.of('another') })).rejects.toThrow(
      /secrets\.json/,
    )
  })
})
