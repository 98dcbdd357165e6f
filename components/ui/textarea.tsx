import { clsx } from 'clsx'
import type { ComponentProps } from 'react'
import { fieldBoxStyle } from './input'

/** A field of several lines, as tall as what is in it where the browser can. */
export function Textarea({
  className,
  mono = false,
  ...rest
}: { mono?: boolean } & ComponentProps<'textarea'>) {
  return (
    <textarea
      rows={4}
      {...rest}
      className={clsx(
        fieldBoxStyle,
        'field-sizing-content max-h-96 min-h-20 px-2.5 py-1.5 max-sm:text-lg',
        mono && 'font-mono sm:text-sm',
        className,
      )}
    />
  )
}
