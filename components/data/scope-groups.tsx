import { clsx } from 'clsx'
import { Check, CircleAlert, type LucideIcon, MessageSquareQuote } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ScopeGroups as Groups } from '@/lib/core/scopes'

/** Granted, requested and missing scopes as three groups; `missingAction` stands by the missing ones ("Reconnect to grant"). */
export function ScopeGroups({ groups, missingAction }: { groups: Groups; missingAction?: ReactNode }) {
  return (
    <div className="grid gap-6">
      {groups.missing.length > 0 ? (
        <Group
          title="Missing"
          Icon={CircleAlert}
          tone="text-danger"
          scopes={groups.missing}
          words="Asked for, but not granted. Calls that need them are refused."
          action={missingAction}
        />
      ) : null}
      {groups.granted === null ? (
        <section>
          <h3 className="font-medium">Granted</h3>
          <p className="mt-1 text-ink-muted">
            Not reported. This provider does not tell which scopes a token has.
          </p>
        </section>
      ) : (
        <Group
          title="Granted"
          Icon={Check}
          tone="text-ok"
          scopes={groups.granted}
          words="What the token may do, as the provider reports it."
          empty="None."
        />
      )}
      <Group
        title="Requested"
        Icon={MessageSquareQuote}
        tone="text-ink-faint"
        scopes={groups.requested}
        words="What Patchbay asked for when it was connected."
        empty="None: the provider decides."
      />
    </div>
  )
}

function Group(props: {
  title: string
  Icon: LucideIcon
  tone: string
  scopes: readonly string[]
  words: string
  empty?: string
  action?: ReactNode
}) {
  const { Icon } = props
  return (
    <section>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div>
          <h3 className="font-medium">
            {props.title} <span className="text-ink-faint tabular-nums">{props.scopes.length}</span>
          </h3>
          <p className="text-ink-muted text-sm">{props.words}</p>
        </div>
        {props.action}
      </div>
      {props.scopes.length === 0 ? <p className="mt-2 text-ink-muted">{props.empty}</p> : null}
      <ul className="mt-2 flex flex-wrap gap-1.5">
        {props.scopes.map((scope) => (
          <li
            key={scope}
            className="inline-flex items-center gap-1.5 rounded-md border border-line bg-sunken px-2 py-0.5 font-mono text-sm"
          >
            <Icon aria-hidden="true" className={clsx('size-3.5', props.tone)} />
            {scope}
          </li>
        ))}
      </ul>
    </section>
  )
}
