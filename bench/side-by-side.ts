import type { Figure } from './figure'
import type { LoadGenerator, LoadOrder, LoadResult } from './load-process'

const warmUpS = 3
const roundS = 4
const rounds = 4

export type SideBySide = { product: LoadResult; yardstick: LoadResult }

/**
 * Loads two sides by turns, so that what else happens on the machine meets both; each is warm before it counts.
 *
 * @returns the mean of the rates, the mean of the 99th percentiles, and all failures
 */
export async function sideBySide(
  load: LoadGenerator,
  product: Omit<LoadOrder, 'seconds'>,
  yardstick: Omit<LoadOrder, 'seconds'>,
): Promise<SideBySide> {
  const sides = [product, yardstick]
  const results: LoadResult[][] = [[], []]
  for (const side of sides) await load.run({ ...side, seconds: warmUpS })
  for (let round = 0; round < rounds; round += 1)
    for (const [index, side] of sides.entries())
      results[index]?.push(await load.run({ ...side, seconds: roundS }))
  const [ours = [], bare = []] = results.map((each) => each)
  return { product: meanOf(ours), yardstick: meanOf(bare) }
}

/** @param results at least one */
export function meanOf(results: readonly LoadResult[]): LoadResult {
  const sum = (value: (result: LoadResult) => number) => results.reduce((all, one) => all + value(one), 0)
  return {
    perSecond: sum((one) => one.perSecond) / results.length,
    p99Ms: sum((one) => one.p99Ms) / results.length,
    failed: sum((one) => one.failed),
  }
}

/**
 * The rate of the product beside that of its yardstick.
 *
 * @param percentMin of the yardstick's rate
 * @param markToBeat requests a second
 */
export function rateFigure(
  name: string,
  { product, yardstick }: SideBySide,
  { percentMin, markToBeat }: { percentMin: number; markToBeat: number },
): Figure {
  const ratio = product.perSecond / yardstick.perSecond
  return {
    name,
    value: product.perSecond,
    unit: '/s',
    yardstick: yardstick.perSecond,
    ratio,
    target: `${percentMin} % of the yardstick; ${markToBeat}/s is the mark to beat`,
    ok: ratio >= percentMin / 100,
  }
}
