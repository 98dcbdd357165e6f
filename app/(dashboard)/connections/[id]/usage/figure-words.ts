/** A share of all as people read it: `0.4 %`, `12 %`. @param share from 0 to 1 */
export function shareWords(share: number): string {
  const percent = share * 100
  if (percent > 0 && percent < 0.1) return '< 0.1 %'
  return percent > 0 && percent < 10 ? `${Number(percent.toFixed(1))} %` : `${Math.round(percent)} %`
}

const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** An amount of data in steps of a thousand: `812 B`, `1.2 MB`. */
export function bytesWords(bytes: number): string {
  let [value, step] = [bytes, 0]
  while (value >= 999.5 && step < units.length - 1) [value, step] = [value / 1000, step + 1]
  const shown = step > 0 && value < 9.95 ? value.toFixed(1) : String(Math.round(value))
  return `${shown} ${units[step]}`
}
