import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keepSecrets } from './kept-secrets'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchbay-kept-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('the secrets an installation makes for itself', () => {
  it('are kept, for their owner alone', async () => {
    const made = await keepSecrets(join(folder, 'data'))
    expect(await keepSecrets(join(folder, 'data'))).toEqual(made)
    expect((await stat(join(folder, 'data', 'secrets.json'))).mode & 0o777).toBe(0o600)
    expect(Buffer.from(made.encryptionKey.key, 'base64')).toHaveLength(32)
  })

  it('differ between installations', async () => {
    const [one, two] = await Promise.all([keepSecrets(join(folder, 'a')), keepSecrets(join(folder, 'b'))])
    expect(one.databasePassword).not.toBe(two.databasePassword)
    expect(one.encryptionKey.key).not.toBe(two.encryptionKey.key)
  })

  it('are never made anew over a file that cannot be read', async () => {
    await writeFile(join(folder, 'secrets.json'), '{"clusterId":')
    await expect(keepSecrets(folder)).rejects.toThrow(/secrets\.json cannot be read/)
    expect(await readFile(join(folder, 'secrets.json'), 'utf8')).toBe('{"clusterId":')
  })
})
