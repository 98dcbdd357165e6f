import { clsx } from 'clsx'
import type { ComponentProps, ReactNode } from 'react'

/** A checkbox with its label; the whole line can be pressed. */
export function Checkbox({
  label,
  hint,
  className,
  ...rest
}: { label: ReactNode; hint?: ReactNode } & Omit<ComponentProps<'input'>, 'type'>) {
  return (
    <label className={clsx('flex items-start gap-2.5 py-1 has-disabled:opacity-60', className)}>
      <input {...rest} type="checkbox" className="mt-[3px] size-4 shrink-0 rounded accent-accent" />
      <span className="min-w-0">
        <span className="block">{label}</span>
        {hint ? <span className="block text-ink-muted text-sm">{hint}</span> : null}
      </span>
    </label>
  )
}
