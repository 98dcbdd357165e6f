/** Words with `code` between backticks, as the OpenAPI document writes them. */
export function InlineCode({ text }: { text: string }) {
  return text.split('`').map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a fixed text
      <code key={index} className="break-words rounded bg-sunken px-1 font-mono text-sm">
        {part}
      </code>
    ) : (
      part
    ),
  )
}
