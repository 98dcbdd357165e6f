'use client'

import { useState } from 'react'
import { Checkbox } from '@/components/ui/checkbox'
import { type NotificationKind, notificationKinds } from '@/lib/core/notification-event'
import { notificationWords } from '@/lib/core/notification-words'
import { Choice, ChoiceGroup } from '../../providers/choice-group'

/** All events, or some of them. @param props.chosen empty: all */
export function EventChoices({
  chosen,
  error,
}: {
  chosen: readonly NotificationKind[]
  error: string | null
}) {
  const [which, setWhich] = useState<'all' | 'some'>(chosen.length === 0 ? 'all' : 'some')
  return (
    <ChoiceGroup legend="Told of" error={error}>
      <Choice
        type="radio"
        name="which"
        value="all"
        defaultChecked={which === 'all'}
        onChoose={() => setWhich('all')}
        title="All events"
        words="Those that later versions add, too."
      />
      <Choice
        type="radio"
        name="which"
        value="some"
        defaultChecked={which === 'some'}
        onChoose={() => setWhich('some')}
        title="Only some"
        words="You choose the kinds of event."
      />
      {which === 'some' ? (
        <div className="grid gap-1 pl-3">
          {notificationKinds.map((kind) => (
            <Checkbox
              key={kind}
              name="event"
              value={kind}
              defaultChecked={chosen.includes(kind)}
              label={notificationWords[kind].label}
              hint={notificationWords[kind].meaning}
            />
          ))}
        </div>
      ) : null}
    </ChoiceGroup>
  )
}
