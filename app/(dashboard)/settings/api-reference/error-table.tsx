import type { ApiReferencePage } from '@/lib/server'
import { InlineCode } from './inline-code'

/** Every code that programs may meet, with what to do about it. */
export function ErrorTable({ problems }: { problems: ApiReferencePage['reference']['problems'] }) {
  return (
    <table className="w-full border-collapse text-sm max-sm:block">
      <caption className="sr-only">Error codes</caption>
      <thead className="bg-canvas text-ink-muted max-sm:sr-only">
        <tr>
          {['Status', 'Code', 'What it means', 'What to do'].map((head) => (
            <th key={head} scope="col" className="px-3 py-2 text-left font-medium first:pl-4">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-sm:block">
        {problems.map(({ code, status, title, advice }) => (
          <tr
            key={code}
            id={`error-${code}`}
            className="scroll-mt-6 border-line border-t align-top target:bg-accent-soft max-sm:grid max-sm:px-4 max-sm:py-3 sm:[&>*]:px-3 sm:[&>*]:py-2 sm:[&>*]:first:pl-4"
          >
            <td className="tabular-nums">{status}</td>
            <th scope="row" className="text-left font-normal">
              <code className="break-all font-mono">{code}</code>
            </th>
            <td>{title}</td>
            <td className="text-ink-muted">
              <InlineCode text={advice} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
