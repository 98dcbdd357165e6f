import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

/** What a field's control takes over from `Field`. */
export type FieldControl = {
  id: string
  name: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

/**
 * Label, control, hint and error, tied together for screen readers.
 *
 * `children` is given the attributes of the control: `<Field name="email" label="E-mail">{(control) => <Input {...control} />}</Field>`.
 * `id` is needed only where one name stands on a page twice.
 */
export function Field({
  name,
  id = `field-${name}`,
  label,
  hint,
  error,
  optional = false,
  aside,
  children,
}: {
  name: string
  id?: string
  label: ReactNode
  hint?: ReactNode
  error?: string | null | undefined
  optional?: boolean
  /** Stands at the right of the label, a link for instance. */
  aside?: ReactNode
  children: (control: FieldControl) => ReactNode
}) {
  const hintId = hint ? `${id}-hint` : null
  const errorId = error ? `${id}-error` : null
  const describedBy = [errorId, hintId].filter((part) => part !== null).join(' ') || undefined
  return (
    <div className="grid gap-1.5">
      <div className="flex items-baseline justify-between gap-3">
        <label htmlFor={id} className="font-medium">
          {label}
          {optional ? <span className="font-normal text-ink-faint"> (optional)</span> : null}
        </label>
        {aside ? <span className="text-sm">{aside}</span> : null}
      </div>
      {children({ id, name, 'aria-describedby': describedBy, 'aria-invalid': error ? true : undefined })}
      {error ? (
        <p id={errorId ?? undefined} className="flex items-start gap-1.5 text-danger text-sm">
          <CircleAlert aria-hidden="true" className="mt-[3px] size-3.5 shrink-0" />
          {error}
        </p>
      ) : null}
      {hint ? (
        <p id={hintId ?? undefined} className="text-ink-muted text-sm">
          {hint}
        </p>
      ) : null}
    </div>
  )
}
