import { chmod, cp, mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { listed } from '../../core/listed'
import type { NativeBinaries } from './native-binaries'
import { runTool, type ToolUser } from './run-tool'

/** Where the programs and the data of the embedded PostgreSQL are. */
export type ClusterPlace = { bin: string; cluster: string }

export type PlaceOptions = {
  native: NativeBinaries
  /** DATA_DIR, which exists. */
  dataDir: string
  /** Names this DATA_DIR's cluster among those of other clones. */
  clusterId: string
  user: ToolUser
  /** Told of a place outside the project. */
  say(words: string): void
}

const shared = '/var/lib/patchbay'

/**
 * Binaries where npm put them and data under DATA_DIR, unless the user who runs PostgreSQL cannot search the path to them
 * (root's home is closed to others): then under /var/lib/patchbay.
 */
export async function placeCluster(options: PlaceOptions): Promise<ClusterPlace> {
  const { native, dataDir, clusterId, user } = options
  const near = { bin: join(native.folder, 'bin'), cluster: join(dataDir, 'postgres') }
  if (user === null) return near
  await chmod(dataDir, 0o711)
  const place = {
    bin: (await canSearch(near.bin, user)) ? near.bin : await copyBinaries(native),
    cluster: (await canSearch(dataDir, user)) ? near.cluster : join(shared, clusterId),
  }
  const outside = Object.values(place).filter((path) => path.startsWith(shared))
  if (outside.length > 0)
    options.say(
      `PostgreSQL runs as ${user.name}, who cannot enter this folder: it is kept in ${listed(outside)}`,
    )
  await mkdir(dirname(place.cluster), { recursive: true, mode: 0o755 })
  return place
}

async function canSearch(path: string, user: ToolUser): Promise<boolean> {
  return (await runTool('/bin/sh', ['-c', 'test -x "$0"', path], user)).code === 0
}

async function copyBinaries(native: NativeBinaries): Promise<string> {
  const folder = join(shared, `postgresql-${native.version}`)
  const there = await stat(folder).catch(() => null)
  if (!there) {
    const part = `${folder}.${process.pid}`
    await mkdir(shared, { recursive: true, mode: 0o755 })
    await cp(native.folder, part, { recursive: true, verbatimSymlinks: true })
    await chmod(part, 0o755)
    await rename(part, folder).catch(() => rm(part, { recursive: true, force: true }))
  }
  return join(folder, 'bin')
}
