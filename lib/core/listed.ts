const format = new Intl.ListFormat('en-GB', { type: 'conjunction' })

/** Words in a row, as one writes them: `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  return format.format(words)
}
