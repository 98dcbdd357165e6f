/** One figure beside what it is held against. `npm run bench -- --json` prints one line of JSON each. */
export type Figure = {
  name: string
  value: number
  unit: string
  /** The same work done barely in the same run, or the best known number; `null` where there is none. */
  yardstick: number | null
  /** `value` by `yardstick`. */
  ratio: number | null
  /** In words: what `ok` says. */
  target: string
  ok: boolean
}

/** A count that must be exactly this. */
export function exactly(name: string, value: number, wanted: number, unit: string): Figure {
  return { name, value, unit, yardstick: null, ratio: null, target: `${wanted}`, ok: value === wanted }
}

/** Prints each figure as it comes: a line of a table, or of JSON. */
export function printer(json: boolean): (figure: Figure) => void {
  return (figure) => console.log(json ? JSON.stringify(figure) : line(figure))
}

function line({ name, value, unit, yardstick, ratio, target, ok }: Figure): string {
  const figure = `${number(value)} ${unit}`.padEnd(24)
  const beside = yardstick === null ? '' : `yardstick ${number(yardstick)}, ratio ${ratio?.toFixed(2)}, `
  return `  ${ok ? 'ok ' : 'NOT'}  ${name.padEnd(52)} ${figure} ${beside}target ${target}`
}

function number(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 })
}
