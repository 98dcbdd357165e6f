import { RotateCw } from 'lucide-react'
import { PostForm } from '@/components/forms/post-form'
import { SubmitButton } from '@/components/forms/submit-button'
import { Checkbox } from '@/components/ui/checkbox'
import type { ConnectionPage } from '@/lib/server'
import { OffButton } from '../off-button'
import { reconnectFields, whyNotReconnect } from '../reconnect-form'

const label = 'Reconnect with fewer'

/** Reconnect, asking only for what is ticked: those that were needed, unless somebody ticks more. */
export function FewerScopesForm({
  choices,
  connection,
}: {
  choices: readonly { scope: string; needed: boolean }[]
  connection: ConnectionPage
}) {
  const icon = <RotateCw aria-hidden="true" />
  const reason = whyNotReconnect(connection)
  if (reason) return <OffButton label={label} icon={icon} reason={reason} />
  return (
    <PostForm
      action={`/api/connect/${connection.provider}`}
      // An empty scope says that scopes were offered, so that all unticked means none.
      fields={{ ...reconnectFields(connection), scope: '' }}
      className="grid justify-items-start gap-3"
    >
      <details className="w-full rounded-lg border border-line">
        <summary className="cursor-pointer px-3 py-2 font-medium">
          What to ask for{' '}
          <span className="font-normal text-ink-muted tabular-nums">
            {choices.filter(({ needed }) => needed).length} of {choices.length} ticked
          </span>
        </summary>
        <div className="max-h-60 overflow-y-auto border-line border-t px-3 py-2">
          {choices.map(({ scope, needed }) => (
            <Checkbox
              key={scope}
              name="scope"
              value={scope}
              defaultChecked={needed}
              label={<code className="font-mono text-sm">{scope}</code>}
            />
          ))}
        </div>
      </details>
      <SubmitButton variant="secondary" icon={icon}>
        {label}
      </SubmitButton>
    </PostForm>
  )
}
