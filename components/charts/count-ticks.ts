import { scaleLinear } from 'd3-scale'

/** Where a count's axis is marked, from zero to its end; whole numbers only. @param max the highest count shown */
export function countTicks(max: number): number[] {
  const scale = scaleLinear()
    .domain([0, Math.max(1, max)])
    .nice(4)
  const ticks = scale.ticks(4).filter(Number.isInteger)
  const end = Math.ceil(scale.domain()[1] ?? 1)
  return ticks.at(-1) === end ? ticks : [...ticks, end]
}
