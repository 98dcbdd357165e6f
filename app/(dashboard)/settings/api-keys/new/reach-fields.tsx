'use client'

import { useState } from 'react'
import { Choice, ChoiceGroup } from '@/app/(dashboard)/providers/choice-group'
import { Checkbox } from '@/components/ui/checkbox'
import type { ProviderId } from '@/lib/core/provider'
import { ConnectionPicker } from './connection-picker'

export type NamedProvider = { id: ProviderId; name: string }
type Reach = 'all' | 'providers' | 'connections'

/** Which connections the program sees; to it, others do not exist. */
export function ReachFields({
  providers,
  error,
}: {
  providers: readonly NamedProvider[]
  error: string | null
}) {
  const [reach, setReach] = useState<Reach>('all')
  const choose = (value: Reach) => ({
    type: 'radio' as const,
    name: 'reach',
    value,
    defaultChecked: value === 'all',
    onChoose: () => setReach(value),
  })
  return (
    <ChoiceGroup legend="Reaches" error={error}>
      <Choice {...choose('all')} title="All connections" words="Those that are made later, too." />
      <Choice
        {...choose('providers')}
        title="Connections of some providers"
        words="Those that are made later, too."
      />
      {reach === 'providers' ? (
        <div className="grid gap-1 pl-3">
          {providers.map(({ id, name }) => (
            <Checkbox key={id} name="provider" value={id} label={name} />
          ))}
        </div>
      ) : null}
      <Choice {...choose('connections')} title="Chosen connections" words="These and no others." />
      {reach === 'connections' ? <ConnectionPicker providers={providers} /> : null}
    </ChoiceGroup>
  )
}
