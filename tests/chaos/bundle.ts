import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What runs beside a chaos test, bundled as the product is: a process to torture, and the sandbox. */
export type Bundles = { process: string; sandbox: string; remove(): Promise<void> }

export async function makeBundles(): Promise<Bundles> {
  // Inside the project, where the bundles find their packages.
  await mkdir(join(root, '.test'), { recursive: true })
  const folder = await mkdtemp(join(root, '.test', 'chaos-'))
  const make = async (entry: string, name: string) => {
    const outfile = join(folder, name)
    await build({
      absWorkingDir: root,
      entryPoints: [entry],
      outfile,
      bundle: true,
      packages: 'external',
      format: 'esm',
      platform: 'node',
      sourcemap: 'linked',
      logLevel: 'silent',
    })
    return outfile
  }
  return {
    process: await make('tests/chaos/process.ts', 'process.mjs'),
    sandbox: await make('sandbox/main.ts', 'sandbox.mjs'),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
