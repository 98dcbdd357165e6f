import { mkdirSync } from 'node:fs'
import { bundleOptions } from './bundle.mjs'
import { root } from './root.mjs'

/** Starts a PostgreSQL for the tests, with the product's own code. Returns `{ url, stop }`; stopping deletes it. */
export async function startThrowawayDatabase() {
  const { build } = await import('esbuild')
  const outfile = `${root}/.test/throwaway-cluster.mjs`
  mkdirSync(`${root}/.test`, { recursive: true })
  await build(bundleOptions('tests/throwaway-cluster.ts', outfile))
  const { startThrowawayCluster } = await import(new URL(`file://${outfile}`).href)
  return startThrowawayCluster()
}
