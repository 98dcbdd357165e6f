import { clsx } from 'clsx'
import { ChevronsUpDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { fieldBoxStyle } from './input'

/** The browser's own select: right on phones, with screen readers and by keyboard. Children are `<option>`s. */
export function Select({ className, children, ...rest }: ComponentProps<'select'>) {
  return (
    <span className={clsx('relative block', className)}>
      <select
        {...rest}
        className={clsx(fieldBoxStyle, 'h-9 appearance-none pr-8 pl-2.5 max-sm:text-lg sm:h-8')}
      >
        {children}
      </select>
      <ChevronsUpDown
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-2.5 size-3.5 -translate-y-1/2 text-ink-faint"
      />
    </span>
  )
}
