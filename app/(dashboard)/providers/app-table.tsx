import Link from 'next/link'
import { type Column, DataTable } from '@/components/data/data-table'
import { EnvironmentTag } from '@/components/data/environment-tag'
import { type ProviderId, providerNames } from '@/lib/core/provider'
import type { ProviderAppRow } from '@/lib/server'
import { AppState, OriginTag } from './app-tags'
import { grantWords } from './grant-words'

/** The apps of one provider; each row opens its app. */
export function AppTable({ provider, apps }: { provider: ProviderId; apps: readonly ProviderAppRow[] }) {
  return (
    <DataTable
      bare
      caption={`Apps at ${providerNames[provider]}`}
      rows={apps}
      rowKey={(app) => app.id}
      rowHref={(app) => `/providers/${app.id}`}
      columns={columns(provider)}
    />
  )
}

function columns(provider: ProviderId): Column<ProviderAppRow>[] {
  return [
    { key: 'name', head: 'App', cell: (app) => <span className="font-medium">{app.name}</span> },
    {
      key: 'environment',
      head: 'Environment',
      cell: (app) => (
        <span className="flex flex-wrap gap-1.5 max-sm:justify-end">
          <EnvironmentTag environment={app.environment} />
          <OriginTag origin={app.origin} environment={app.environment} />
        </span>
      ),
    },
    {
      key: 'grants',
      head: 'Grants',
      hideBelow: 'lg',
      cell: (app) => app.grants.map((grant) => grantWords(provider, grant).title).join(', '),
    },
    {
      key: 'host',
      head: 'Host',
      hideBelow: 'xl',
      cell: (app) => <code className="font-mono">{app.host}</code>,
    },
    {
      key: 'state',
      head: 'State',
      cell: (app) => (
        <span className="grid justify-items-start gap-1 max-sm:justify-items-end">
          <AppState state={app.state} />
          {stateWords(app) ? (
            <span className="max-w-80 text-ink-muted text-xs">{stateWords(app)}</span>
          ) : null}
        </span>
      ),
    },
    {
      key: 'connections',
      head: 'Connections',
      numeric: true,
      cell: (app) => <Counts app={app} provider={provider} />,
    },
  ]
}

function stateWords(app: ProviderAppRow): string | null {
  if (app.state === 'fault') return app.faultWords
  return app.missing.length > 0 ? `Missing: ${app.missing.join(', ')}` : null
}

function Counts({ app, provider }: { app: ProviderAppRow; provider: ProviderId }) {
  const { live, attention, waiting } = app.connections
  const extra = [
    ...(attention > 0 ? [`${attention} need attention`] : []),
    ...(waiting > 0 ? [`${waiting} waiting`] : []),
  ].join(', ')
  return (
    <span className="relative z-10 grid justify-items-end">
      {live > 0 ? (
        <Link
          href={`/connections?q=${app.id}`}
          aria-label={`${live} connections of ${app.name} at ${providerNames[provider]}`}
          className="rounded-sm underline underline-offset-4"
        >
          {live}
        </Link>
      ) : (
        '0'
      )}
      {extra ? <span className="text-warn text-xs">{extra}</span> : null}
    </span>
  )
}
