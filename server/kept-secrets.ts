import { randomBytes } from 'node:crypto'
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { StartFault } from './start-fault'

const keptSecretsSchema = z.object({
  clusterId: z.string().min(8),
  databasePassword: z.string().min(24),
  nextauthSecret: z.string().min(32),
  encryptionKey: z.object({ id: z.string().min(1), key: z.base64().length(44) }),
})

/** What an embedded installation made for itself at its first start. */
export type KeptSecrets = z.infer<typeof keptSecretsSchema>

/**
 * Reads DATA_DIR/secrets.json, making it the first time; only its owner may read it. Two starts at once agree on one file.
 *
 * @throws StartFault when the file cannot be understood: without it, stored tokens cannot be opened
 */
export async function keepSecrets(dataDir: string): Promise<KeptSecrets> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const path = join(dataDir, 'secrets.json')
  const text = (await read(path)) ?? (await make(path))
  await chmod(path, 0o600)
  const parsed = keptSecretsSchema.safeParse(parseJson(text))
  if (parsed.success) return parsed.data
  throw new StartFault(`${path} cannot be read.`, [
    'It holds the keys of the stored tokens: bring it back from a backup.',
    `To begin anew without them, move ${dataDir} away.`,
  ])
}

async function read(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
}

async function make(path: string): Promise<string> {
  const secrets: KeptSecrets = {
    clusterId: `data-${randomBytes(8).toString('hex')}`,
    databasePassword: randomBytes(32).toString('base64url'),
    nextauthSecret: randomBytes(32).toString('base64'),
    encryptionKey: { id: 'first', key: randomBytes(32).toString('base64') },
  }
  const part = `${path}.${process.pid}`
  await writeFile(part, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
  try {
    await link(part, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(part)
  }
  return readFile(path, 'utf8')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
