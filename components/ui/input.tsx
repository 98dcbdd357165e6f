import { clsx } from 'clsx'
import type { ComponentProps } from 'react'

export const fieldBoxStyle =
  'w-full rounded-md border border-field bg-surface text-ink placeholder:text-ink-faint transition-colors hover:border-ink-faint aria-invalid:border-danger disabled:bg-sunken disabled:text-ink-muted [&[readonly]]:bg-sunken'

/** A one-line field. Put it into `Field`, which gives it label, hint and error. `mono` for ids, URLs and codes. */
export function Input({ className, mono = false, ...rest }: { mono?: boolean } & ComponentProps<'input'>) {
  return (
    <input
      {...rest}
      className={clsx(
        fieldBoxStyle,
        'h-9 px-2.5 max-sm:text-lg sm:h-8',
        mono && 'font-mono sm:text-sm',
        className,
      )}
    />
  )
}
