import type { Figure } from './figure'

/** What scripts/bench.mjs has prepared. */
export type BenchSetting = {
  /** The URL of a migrated database of one's own, in a PostgreSQL as durable as the product's. */
  makeDatabase(): Promise<string>
  /** The project's folder. */
  root: string
  /** The bundled tests/chaos/process.ts: a process of the product. */
  processBundle: string
  /** The bundled tests/chaos/product.ts: the whole product. */
  productBundle: string
  providerBundle: string
  bareLoopBundle: string
  /** The path of any other bundled entry of this folder. */
  bundle(name: string): string
}

/** One benchmark: does its work and tells each figure as soon as it is known. `say` is for what stands beside the figures. */
export type Bench = (
  setting: BenchSetting,
  tell: (figure: Figure) => void,
  say: (words: string) => void,
) => Promise<void>
