import { mkdirSync } from 'node:fs'
import { bundleOptions } from './bundle.mjs'
import { root } from './root.mjs'

/**
 * Starts a PostgreSQL for tests and benchmarks, with the product's own code. Returns `{ url, stop }`; stopping deletes it.
 * `durable` makes it as careful with its data, and as slow, as the product's own.
 */
export async function startThrowawayDatabase({ durable = false } = {}) {
  const { build } = await import('esbuild')
  const outfile = `${root}/.test/throwaway-cluster.mjs`
  mkdirSync(`${root}/.test`, { recursive: true })
  await build(bundleOptions('tests/throwaway-cluster.ts', outfile))
  const { startThrowawayCluster } = await import(new URL(`file://${outfile}`).href)
  return startThrowawayCluster({ durable })
}
