import Link from 'next/link'
import { CopyField } from '@/components/data/copy-field'
import { EnvironmentTag } from '@/components/data/environment-tag'
import { type KeyValue, KeyValueList } from '@/components/data/key-value-list'
import { utcWords } from '@/components/data/time-words'
import { Timestamp } from '@/components/data/timestamp'
import { Card } from '@/components/ui/card'
import { providerNames } from '@/lib/core/provider'
import type { ConnectionPage } from '@/lib/server'

const notTold = <span className="text-ink-muted">Not told by the provider</span>
const installStates = {
  waiting: 'Waits to be accepted',
  accepted: 'Accepted',
  refused: 'Refused',
  uninstalled: 'Uninstalled',
} as const

/** What is known of the account, its install and its provider app. */
export function SideFacts({ connection }: { connection: ConnectionPage }) {
  const { install } = connection
  return (
    <aside aria-label="Facts" className="grid gap-4">
      <Card title="Account">
        <KeyValueList stacked items={accountFacts(connection)} />
      </Card>
      {install ? (
        <Card title="Install">
          <KeyValueList stacked items={installFacts(install)} />
        </Card>
      ) : null}
      <Card title="Provider app">
        <KeyValueList stacked items={appFacts(connection)} />
      </Card>
    </aside>
  )
}

function accountFacts({
  account,
  connectedBy,
  consentAt,
  createdAt,
  lastUsedAt,
  pending,
}: ConnectionPage): KeyValue[] {
  return [
    { name: 'Name at the provider', value: account.name },
    ...(account.email ? [{ name: 'E-mail', value: account.email }] : []),
    { name: 'Organization', value: account.orgName ?? notTold },
    {
      name: 'Account id',
      value: account.externalId ? <CopyField value={account.externalId} label="account id" /> : notTold,
    },
    ...(account.externalOrgId && account.externalOrgId !== account.externalId
      ? [
          {
            name: 'Organization id',
            value: <CopyField value={account.externalOrgId} label="organization id" />,
          },
        ]
      : []),
    { name: 'API URL', value: <CopyField value={account.apiUrl} label="API URL" /> },
    {
      name: pending ? 'Arrived' : 'Connected',
      value: <Timestamp at={consentAt ?? createdAt} />,
      hint: connectedBy ? `by ${connectedBy}` : null,
    },
    { name: 'Last used', value: lastUsedAt ? <Timestamp at={lastUsedAt} /> : 'Not yet' },
  ]
}

function installFacts(install: NonNullable<ConnectionPage['install']>): KeyValue[] {
  return [
    { name: 'INSTALL_ID', value: <CopyField value={install.externalId} label="INSTALL_ID" /> },
    { name: 'State', value: installStates[install.state] },
    {
      name: 'Installed',
      value: install.installedAt ? <Timestamp at={install.installedAt} /> : notTold,
      hint: install.installedAt ? utcWords(install.installedAt.getTime()) : null,
    },
    ...(install.uninstalledAt
      ? [{ name: 'Uninstalled', value: <Timestamp at={install.uninstalledAt} /> }]
      : []),
    {
      name: 'Reference',
      value: <CopyField value={install.reference} label="reference" />,
      hint: 'The person at the other company was told it.',
    },
  ]
}

function appFacts({ app, provider }: ConnectionPage): KeyValue[] {
  return [
    {
      name: 'App',
      value: (
        <Link href={`/providers/${app.id}`} className="text-accent underline-offset-4 hover:underline">
          {app.name}
        </Link>
      ),
      hint: app.isHidden ? 'No longer there: nothing can be connected with it.' : null,
    },
    { name: 'Provider', value: providerNames[provider] },
    {
      name: 'Environment',
      value: <EnvironmentTag environment={app.environment} />,
      hint: app.isSandbox ? 'A sandbox account: no real company stands behind it.' : null,
    },
  ]
}
