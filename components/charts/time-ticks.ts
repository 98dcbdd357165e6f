import { scaleUtc } from 'd3-scale'

const dayMs = 24 * 60 * 60_000
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A mark below a chart: where it stands, from 0 to 1, and its words in UTC. */
export type TimeTick = { share: number; words: string }

/** Marks of a span of time, so that server and browser write the same: hours within two days, else days. */
export function timeTicks(from: Date, to: Date): TimeTick[] {
  const scale = scaleUtc().domain([from, to]).range([0, 1])
  const hours = to.getTime() - from.getTime() <= 2 * dayMs
  // The end begins what is not shown any more.
  const shown = scale.ticks(6).filter((at) => at < to)
  return shown.map((at) => ({ share: scale(at), words: hours ? hourWords(at) : dayWords(at) }))
}

/** One bin in words: `21 Nov, 09:15–09:30 UTC`, or `21 Nov` for a whole day. */
export function binWords({ from, to }: { from: Date; to: Date }): string {
  if (to.getTime() - from.getTime() >= dayMs) return dayWords(from)
  return `${dayWords(from)}, ${hourWords(from)}–${hourWords(to)} UTC`
}

function hourWords(at: Date): string {
  return at.toISOString().slice(11, 16)
}

function dayWords(at: Date): string {
  return `${at.getUTCDate()} ${months[at.getUTCMonth()]}`
}
