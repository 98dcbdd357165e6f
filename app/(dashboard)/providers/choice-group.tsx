import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

/** Radio buttons or checkboxes that belong together, with one legend and one error. */
export function ChoiceGroup({
  legend,
  error,
  children,
}: {
  legend: string
  error: string | null
  children: ReactNode
}) {
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 font-medium">{legend}</legend>
      {children}
      {error ? (
        <p className="flex items-start gap-1.5 text-danger text-sm">
          <CircleAlert aria-hidden="true" className="mt-[3px] size-3.5 shrink-0" />
          {error}
        </p>
      ) : null}
    </fieldset>
  )
}

/** One choice as a box that can be pressed anywhere. */
export function Choice({
  type,
  name,
  value,
  title,
  words,
  defaultChecked = false,
  disabled = false,
  onChoose,
}: {
  type: 'radio' | 'checkbox'
  name: string
  value: string
  title: string
  words: string
  defaultChecked?: boolean
  disabled?: boolean
  /** From client files only. */
  onChoose?: () => void
}) {
  return (
    <label className="flex items-start gap-2.5 rounded-md border border-line px-3 py-2.5 transition-colors hover:bg-hover has-checked:border-accent-line has-checked:bg-accent-soft has-disabled:bg-sunken">
      <input
        type={type}
        name={name}
        value={value}
        defaultChecked={defaultChecked}
        disabled={disabled}
        onChange={onChoose}
        className="mt-[3px] size-4 shrink-0 accent-accent"
      />
      <span className="min-w-0">
        <span className="block font-medium">{title}</span>
        <span className="block text-ink-muted text-sm">{words}</span>
      </span>
    </label>
  )
}
