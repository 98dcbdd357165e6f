import { clsx } from 'clsx'
import { CopyButton } from './copy-button'
import { MiddleTruncate } from './middle-truncate'

/** An id or URL in a box, with its Copy button. `wrap` shows all of it on several lines: for keys and addresses to compare. */
export function CopyField({
  value,
  label,
  wrap = false,
  className,
  onCopied,
}: {
  value: string
  /** What it is: "redirect URI". */
  label: string
  wrap?: boolean
  className?: string
  /** From client files only. */
  onCopied?: () => void
}) {
  return (
    <div
      className={clsx(
        'flex min-w-0 items-start gap-1 rounded-md border border-line bg-sunken py-0.5 pr-0.5 pl-2.5 text-sm',
        className,
      )}
    >
      {wrap ? (
        <code className="min-w-0 flex-1 whitespace-pre-wrap break-all py-1 font-mono">{value}</code>
      ) : (
        <MiddleTruncate text={value} className="flex-1 self-center" />
      )}
      <CopyButton text={value} label={label} onCopied={onCopied} />
    </div>
  )
}

/** An id in a line of text, with its Copy button. */
export function CopyId({ value, label }: { value: string; label: string }) {
  return (
    <span className="inline-flex min-w-0 max-w-full items-center gap-0.5 text-ink-muted">
      <MiddleTruncate text={value} />
      <CopyButton text={value} label={label} className="-my-1" />
    </span>
  )
}
