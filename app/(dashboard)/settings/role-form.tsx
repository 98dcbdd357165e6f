'use client'

import { useId, useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { SubmitButton } from '@/components/forms/submit-button'
import { Select } from '@/components/ui/select'
import type { Role } from '@/lib/core/actor'
import { changeRoleAction } from './actions'
import { roleWords } from './role-words'

const choices = ['viewer', 'admin', 'owner'] as const

/** A person's role to choose; Save appears with another choice, so that the arrow keys alone change nothing. */
export function RoleForm({
  userId,
  name,
  role,
  disabledReason,
}: {
  userId: string
  name: string
  role: Role
  disabledReason: string | null
}) {
  const id = useId()
  const [chosen, setChosen] = useState<string>(role)
  if (disabledReason) {
    return (
      <div className="grid max-w-48 gap-0.5 max-sm:text-right">
        <span>{roleWords[role]}</span>
        <span className="text-ink-muted text-xs">{disabledReason}</span>
      </div>
    )
  }
  return (
    <ActionForm action={changeRoleAction} className="grid gap-2">
      <input type="hidden" name="userId" value={userId} />
      <div className="flex items-center gap-2">
        <label htmlFor={id} className="sr-only">
          Role of {name}
        </label>
        <Select
          id={id}
          name="role"
          value={chosen}
          onChange={(event) => setChosen(event.target.value)}
          className="w-28"
        >
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {roleWords[choice]}
            </option>
          ))}
        </Select>
        {chosen === role ? null : (
          <SubmitButton size="sm">
            Save <span className="sr-only">the role of {name}</span>
          </SubmitButton>
        )}
      </div>
    </ActionForm>
  )
}
