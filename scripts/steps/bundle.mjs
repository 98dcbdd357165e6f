import { root } from './root.mjs'
import { unlessDone } from './stamp.mjs'
import { step } from './step.mjs'

/**
 * What esbuild makes of an entry: one file for this Node, packages left to node_modules.
 *
 * @returns {import('esbuild').BuildOptions}
 */
export function bundleOptions(entry, outfile) {
  return {
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    sourcemap: 'linked',
    logLevel: 'silent',
  }
}

/** Bundles the server and the sandbox into dist/. */
export async function bundle() {
  await one('server', ['server.ts', 'server', 'lib', 'prisma/schema.prisma'])
  await one('sandbox', ['sandbox'], 'sandbox/main.ts')
}

function one(name, inputs, entry = `${name}.ts`) {
  const outfile = `dist/${name}.mjs`
  const settings = ['tsconfig.json', 'package-lock.json', 'scripts/steps/bundle.mjs']
  return unlessDone({ name, inputs: [...inputs, ...settings], outputs: [outfile] }, () =>
    step(`Bundling the ${name}`, async () => {
      const { build } = await import('esbuild')
      await build(bundleOptions(entry, outfile))
    }),
  )
}
