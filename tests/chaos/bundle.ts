import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import { bundleOptions } from '../../scripts/steps/bundle.mjs'
import { root } from '../../scripts/steps/root.mjs'

/** The project's folder, and what runs beside a chaos test: a process to torture, the whole product, the sandbox. */
export type Bundles = {
  root: string
  process: string
  product: string
  sandbox: string
  remove(): Promise<void>
}

export async function makeBundles(): Promise<Bundles> {
  const { make, remove } = await bundler()
  return {
    root,
    process: await make('tests/chaos/process.ts', 'process.mjs'),
    product: await make('tests/chaos/product.ts', 'product.mjs'),
    sandbox: await make('sandbox/main.ts', 'sandbox.mjs'),
    remove,
  }
}

/** The process to torture alone. */
export async function makeProcessBundle(): Promise<Pick<Bundles, 'process' | 'remove'>> {
  const { make, remove } = await bundler()
  return { process: await make('tests/chaos/process.ts', 'process.mjs'), remove }
}

async function bundler() {
  // Inside the project, where the bundles find their packages.
  await mkdir(join(root, '.test'), { recursive: true })
  const folder = await mkdtemp(join(root, '.test', 'chaos-'))
  return {
    async make(entry: string, name: string): Promise<string> {
      const outfile = join(folder, name)
      await build(bundleOptions(entry, outfile))
      return outfile
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
