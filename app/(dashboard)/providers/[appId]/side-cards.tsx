import { CircleAlert, CircleCheck, CircleHelp, Trash2, Unplug } from 'lucide-react'
import Link from 'next/link'
import { KeyValueList } from '@/components/data/key-value-list'
import { RelativeTime } from '@/components/data/timestamp'
import { Card } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { providerNames } from '@/lib/core/provider'
import type { ProviderAppPage } from '@/lib/server'
import { removeAppAction } from '../actions'
import { grantWords } from '../grant-words'

const results = {
  ok: { title: 'Accepted', Icon: CircleCheck, tone: 'text-ok' },
  wrong_credentials: { title: 'Wrong credentials', Icon: CircleAlert, tone: 'text-danger' },
  unreachable: { title: 'Host not reached', Icon: Unplug, tone: 'text-danger' },
  unclear: { title: 'Not clear', Icon: CircleHelp, tone: 'text-warn' },
} as const

/** Facts beside the forms: the last check, connections, what its grants reach, and removal. */
export function SideCards({ app }: { app: ProviderAppPage }) {
  return (
    <aside aria-label="About this app" className="grid gap-6">
      <CheckCard app={app} />
      <Card title="Connections">
        <KeyValueList
          stacked
          items={[
            {
              name: 'Connected',
              value: (
                <Link href={`/connections?q=${app.id}`} className="underline underline-offset-4">
                  {app.connections.live} of this app
                </Link>
              ),
            },
            ...(app.connections.attention > 0
              ? [{ name: 'Need attention', value: String(app.connections.attention) }]
              : []),
            ...(app.connections.waiting > 0
              ? [{ name: 'Waiting to be accepted', value: String(app.connections.waiting) }]
              : []),
            ...(app.newest.length > 0 ? [{ name: 'Newest', value: <Newest app={app} /> }] : []),
          ]}
        />
      </Card>
      <Card title="Where it reaches">
        <KeyValueList
          stacked
          items={[
            { name: 'API', value: <code className="break-all font-mono text-sm">{app.baseUrl}</code> },
            ...(app.browserUrl
              ? [
                  {
                    name: 'Pages',
                    value: <code className="break-all font-mono text-sm">{app.browserUrl}</code>,
                  },
                ]
              : []),
            ...(app.pluginId
              ? [{ name: 'Plugin id', value: <code className="font-mono text-sm">{app.pluginId}</code> }]
              : []),
            ...app.reach.map(({ grant, words }) => ({
              name: grantWords(app.provider, grant).title,
              value: words,
            })),
          ]}
        />
      </Card>
      {app.mayEdit ? <RemoveCard app={app} /> : null}
    </aside>
  )
}

function Newest({ app }: { app: ProviderAppPage }) {
  return (
    <ul>
      {app.newest.map(({ id, name }) => (
        <li key={id} className="truncate">
          <Link href={`/connections/${id}`} className="underline underline-offset-4">
            {name}
          </Link>
        </li>
      ))}
    </ul>
  )
}

function CheckCard({ app }: { app: ProviderAppPage }) {
  const { check } = app
  if (!check) {
    return (
      <Card title="Last check">
        <p className="text-ink-muted">
          Not checked yet. Check asks {providerNames[app.provider]} whether it accepts the credentials, and
          uses no grant.
        </p>
      </Card>
    )
  }
  const { title, Icon, tone } = results[check.kind]
  return (
    <Card title="Last check">
      <div role="status" className="grid gap-1">
        <p className="flex items-center gap-2 font-medium">
          <Icon aria-hidden="true" className={`size-4 ${tone}`} />
          {title}
        </p>
        <p className="break-words">{check.words}</p>
        <p className="text-ink-muted text-sm">
          <RelativeTime at={check.at} />
        </p>
      </div>
    </Card>
  )
}

function RemoveCard({ app }: { app: ProviderAppPage }) {
  const count = app.connections.live + app.connections.waiting
  return (
    <Card title="Remove">
      <div className="grid justify-items-start gap-2">
        <ConfirmDialog
          label="Remove app"
          icon={<Trash2 aria-hidden="true" />}
          title={`Remove ${app.name}?`}
          confirmText={app.name}
          confirmLabel="Remove app"
          action={removeAppAction}
          fields={{ appId: app.id }}
          disabledReason={
            count > 0
              ? `${count === 1 ? 'One connection uses' : `${count} connections use`} it. Disconnect first.`
              : null
          }
        >
          <p>Its secrets are erased. What was connected with it stays in the history.</p>
          <p>
            At {providerNames[app.provider]} the app stays registered: remove it there too if nobody needs it.
          </p>
        </ConfirmDialog>
      </div>
    </Card>
  )
}
