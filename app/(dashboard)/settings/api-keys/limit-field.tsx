'use client'

import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'

/** How often a key may be used. */
export function LimitField({ error, value = null }: { error: string | null; value?: number | null }) {
  return (
    <Field
      name="requestsPerMinute"
      label="Requests a minute"
      hint="All processes of Patchbay together. Empty: no limit but those of the providers."
      error={error}
      optional
    >
      {(control) => (
        <Input
          {...control}
          inputMode="numeric"
          defaultValue={value ?? ''}
          maxLength={9}
          autoComplete="off"
          className="max-w-40"
        />
      )}
    </Field>
  )
}
