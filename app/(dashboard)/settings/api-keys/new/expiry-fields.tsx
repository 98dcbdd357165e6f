'use client'

import { useState } from 'react'
import { Callout } from '@/components/ui/callout'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'

/** How long the key opens the door. @param props.firstDay the earliest last day, as `2026-11-22` */
export function ExpiryFields({ firstDay, error }: { firstDay: string; error: string | null }) {
  const [choice, setChoice] = useState('90')
  return (
    <div className="grid gap-3">
      <Field name="expiry" label="Ends" error={choice === 'custom' ? null : error}>
        {(control) => (
          <Select
            {...control}
            defaultValue="90"
            onChange={(event) => setChoice(event.target.value)}
            className="max-w-64"
          >
            <option value="30">In 30 days</option>
            <option value="90">In 90 days</option>
            <option value="365">In a year</option>
            <option value="custom">On a day of your choice</option>
            <option value="never">Never</option>
          </Select>
        )}
      </Field>
      {choice === 'custom' ? (
        <Field name="expiresAt" label="Last day" hint="It ends with this day, in UTC." error={error}>
          {(control) => <Input {...control} type="date" min={firstDay} className="max-w-64" />}
        </Field>
      ) : null}
      {choice === 'never' ? (
        <Callout kind="warn" title="Better not.">
          A key that was copied somewhere and forgotten opens the door until somebody revokes it.
        </Callout>
      ) : null}
    </div>
  )
}
