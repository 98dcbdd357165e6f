import Link from 'next/link'
import { CopyId } from '@/components/data/copy-field'
import { type Column, DataTable } from '@/components/data/data-table'
import { EnvironmentTag } from '@/components/data/environment-tag'
import { ProviderMark } from '@/components/data/provider-mark'
import { Timestamp } from '@/components/data/timestamp'
import { Badge } from '@/components/ui/badge'
import type { InstallRow } from '@/lib/server'
import { AcceptAfterAll, InstallButtons } from './install-buttons'

const learnt: Readonly<Record<string, string>> = {
  landing: 'Somebody came to the setup page',
  webhook: 'The provider’s webhook',
  pasted: 'Entered here by its id',
}

const org: Column<InstallRow> = {
  key: 'org',
  head: 'Organization',
  cell: (row) => (
    <span className="grid">
      <span className="font-medium">{row.orgName ?? 'Not named'}</span>
      {row.externalOrgId ? <span className="text-ink-muted">id {row.externalOrgId}</span> : null}
    </span>
  ),
}
const reference: Column<InstallRow> = {
  key: 'reference',
  head: 'Reference',
  cell: (row) => <CopyId value={row.reference} label="reference" />,
}
const app: Column<InstallRow> = {
  key: 'app',
  head: 'App',
  cell: (row) => (
    <span className="flex flex-wrap items-center gap-2">
      <ProviderMark provider={row.provider} bare />
      {row.appName}
      <EnvironmentTag environment={row.environment} />
    </span>
  ),
}

/** Installs that wait for an admin. */
export function WaitingTable({ rows, canDecide }: { rows: readonly InstallRow[]; canDecide: boolean }) {
  return (
    <DataTable
      bare
      caption="Installs that wait to be accepted"
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        org,
        reference,
        app,
        { key: 'when', head: 'Arrived', cell: (row) => <Timestamp at={row.createdAt} /> },
        {
          key: 'learnt',
          head: 'Learnt from',
          hideBelow: 'xl',
          cell: (row) => learnt[row.learntFrom] ?? row.learntFrom,
        },
        {
          key: 'actions',
          head: 'Decide',
          cell: (row) => <InstallButtons install={row} canDecide={canDecide} />,
        },
      ]}
    />
  )
}

/** Installs that were refused here or removed at the provider. */
export function SettledTable({ rows, canDecide }: { rows: readonly InstallRow[]; canDecide: boolean }) {
  return (
    <DataTable
      bare
      caption="Installs that were refused or removed"
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        org,
        reference,
        app,
        {
          key: 'state',
          head: 'What became of it',
          cell: (row) =>
            row.state === 'refused' ? (
              <Badge tone="danger">Refused here</Badge>
            ) : (
              <Badge>Removed at the provider</Badge>
            ),
        },
        { key: 'when', head: 'When', cell: (row) => <Timestamp at={row.updatedAt} /> },
        {
          key: 'next',
          head: 'Next',
          cell: (row) => <SettledNext row={row} canDecide={canDecide} />,
        },
      ]}
    />
  )
}

/** A refused install may be accepted after all: the person asked again, or it was a mistake. */
function SettledNext({ row, canDecide }: { row: InstallRow; canDecide: boolean }) {
  if (row.state === 'refused' && canDecide) return <AcceptAfterAll install={row} />
  if (!row.connectionId) return <span className="text-ink-muted">None</span>
  return (
    <Link
      href={`/connections/${row.connectionId}`}
      className="rounded-sm text-accent underline-offset-4 hover:underline"
    >
      Show the connection
    </Link>
  )
}
