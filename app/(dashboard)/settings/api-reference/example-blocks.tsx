import { CopyButton } from '@/components/data/copy-button'
import { type ExampleCall, examplesOf } from './examples'

/** One request in three languages; the first is open, and opening one closes the others. */
export function ExampleBlocks({ call, name }: { call: ExampleCall; name: string }) {
  return (
    <div className="grid gap-2">
      {examplesOf(call).map(({ language, code }, index) => (
        <details
          key={language}
          name={`example-${name}`}
          open={index === 0}
          className="rounded-lg border border-line"
        >
          <summary className="px-3 py-1.5 font-medium">{language}</summary>
          <div className="flex border-line border-t bg-sunken">
            <pre
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
              tabIndex={0}
              className="min-w-0 flex-1 overflow-x-auto p-3 font-mono text-sm"
            >
              {code}
            </pre>
            <span className="shrink-0 p-1">
              <CopyButton text={code} label={`${language} example of ${name}`} />
            </span>
          </div>
        </details>
      ))}
    </div>
  )
}
