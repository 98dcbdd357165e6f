'use client'

import { Play } from 'lucide-react'
import { useActionState } from 'react'
import { fieldError, idle } from '@/components/forms/action-state'
import { FaultCallout } from '@/components/forms/fault-callout'
import { SubmitButton } from '@/components/forms/submit-button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { OffButton } from '../off-button'
import { type TryState, tryConnection } from './actions'
import { answerWords, TriedAnswer } from './tried-answer'

const start: TryState = { state: idle, path: '', tried: null }

/** Ready calls as buttons and a field for one's own; the answer stands below. */
export function TryForm({
  id,
  ready,
  disabledReason,
}: {
  id: string
  ready: readonly { path: string; words: string }[]
  disabledReason: string | null
}) {
  const [{ state, path, tried }, send, isCalling] = useActionState(tryConnection, start)
  return (
    <div className="grid gap-6">
      <FaultCallout state={state} />
      {ready.length > 0 && !disabledReason ? (
        // A form of its own: Enter in the field below presses the first button of the field's form.
        <form action={send}>
          <input type="hidden" name="connection" value={id} />
          <ul className="flex flex-wrap gap-2">
            {ready.map((call) => (
              <li key={call.path}>
                <SubmitButton variant="secondary" name="path" value={call.path} pending={isCalling}>
                  {call.words}
                </SubmitButton>
              </li>
            ))}
          </ul>
        </form>
      ) : null}
      <form action={send} noValidate className="grid gap-4">
        <input type="hidden" name="connection" value={id} />
        <Field
          name="path"
          label="Path and query"
          hint="As it stands in the provider’s reference, from the first slash on."
          error={fieldError(state, 'path')}
        >
          {(control) => (
            <Input
              {...control}
              key={path}
              mono
              defaultValue={path || ready[0]?.path}
              readOnly={disabledReason !== null}
              autoComplete="off"
              spellCheck={false}
              autoCapitalize="none"
            />
          )}
        </Field>
        <div>
          {disabledReason ? (
            <OffButton label="Call" icon={<Play aria-hidden="true" />} reason={disabledReason} />
          ) : (
            <SubmitButton icon={<Play aria-hidden="true" />} pending={isCalling}>
              Call
            </SubmitButton>
          )}
        </div>
      </form>
      <p aria-live="polite" className="sr-only">
        {tried && !isCalling ? answerWords(tried) : null}
      </p>
      {tried ? <TriedAnswer tried={tried} /> : null}
    </div>
  )
}
