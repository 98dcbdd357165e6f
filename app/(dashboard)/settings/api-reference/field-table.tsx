import type { ReactNode } from 'react'
import { InlineCode } from './inline-code'

export type FieldRow = { name: string; note?: ReactNode; type: ReactNode; description: string | null }

/** Parameters, or the members of a schema. */
export function FieldTable({
  caption,
  head,
  rows,
}: {
  caption: string
  head: string
  rows: readonly FieldRow[]
}) {
  return (
    <table className="w-full border-collapse text-sm max-sm:block">
      <caption className="sr-only">{caption}</caption>
      <thead className="text-ink-muted max-sm:sr-only">
        <tr>
          {[head, 'Type', 'Meaning'].map((each) => (
            <th key={each} scope="col" className="w-1/3 py-1 pr-4 text-left font-medium first:w-1/4">
              {each}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-sm:block">
        {rows.map((row) => (
          <tr key={row.name} className="border-line border-t align-top max-sm:grid max-sm:py-2">
            <th scope="row" className="py-1.5 pr-4 text-left font-normal max-sm:py-0">
              <code className="break-all font-mono">{row.name}</code>
              {row.note ? <span className="block text-ink-muted">{row.note}</span> : null}
            </th>
            <td className="py-1.5 pr-4 text-ink-muted max-sm:py-0">{row.type}</td>
            <td className="py-1.5 max-sm:py-0">
              {row.description ? <InlineCode text={row.description} /> : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
