import { FilterChip } from './filter-chip'

/**
 * A filter that has one value or none.
 *
 * @param words what each value is called
 * @param href address of the list with a value, or without one
 */
export function ChoiceChip<Value extends string>({
  label,
  values,
  words,
  chosen,
  href,
}: {
  label: string
  values: readonly Value[]
  words: Readonly<Record<Value, string>>
  chosen: Value | null
  href(value: Value | null): string
}) {
  return (
    <FilterChip
      label={label}
      value={chosen && words[chosen]}
      clearHref={href(null)}
      options={values.map((value) => ({
        value,
        label: words[value],
        href: href(value),
        selected: chosen === value,
      }))}
    />
  )
}
