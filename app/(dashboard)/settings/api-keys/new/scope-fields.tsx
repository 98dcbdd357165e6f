'use client'

import { Choice, ChoiceGroup } from '@/app/(dashboard)/providers/choice-group'
import { apiScopes, apiScopeWords } from '@/lib/core/api-scopes'

/** What the program may do: as little as it needs. */
export function ScopeFields({ error }: { error: string | null }) {
  return (
    <ChoiceGroup legend="May" error={error}>
      {apiScopes.map((scope) => (
        <Choice
          key={scope}
          type="checkbox"
          name="scope"
          value={scope}
          title={apiScopeWords[scope]}
          words={scope}
        />
      ))}
    </ChoiceGroup>
  )
}
