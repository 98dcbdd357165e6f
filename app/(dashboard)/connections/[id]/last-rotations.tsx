import { History } from 'lucide-react'
import Link from 'next/link'
import { DataTable } from '@/components/data/data-table'
import { EmptyState } from '@/components/data/empty-state'
import { Timestamp } from '@/components/data/timestamp'
import { Card } from '@/components/ui/card'
import type { RotationRow } from '@/lib/server'
import { OutcomeBadge } from './outcome-badge'
import { causeOf, rotationTitle } from './rotation-words'

/** The newest token calls, from the journal that is written before each. */
export function LastRotations({ id, rotations }: { id: string; rotations: readonly RotationRow[] }) {
  return (
    <Card
      title="Last token calls"
      flush
      actions={
        <Link
          href={`/connections/${id}/history`}
          className="text-accent text-sm underline-offset-4 hover:underline"
        >
          All history
        </Link>
      }
    >
      {rotations.length === 0 ? (
        <EmptyState icon={<History />} title="No token call yet">
          The first one is written here when the connection obtains its token.
        </EmptyState>
      ) : (
        <DataTable
          bare
          caption="Last token calls"
          rows={rotations}
          rowKey={(row) => row.id}
          columns={[
            { key: 'what', head: 'Call', cell: (row) => rotationTitle(row.kind) },
            {
              key: 'outcome',
              head: 'Outcome',
              cell: (row) => <OutcomeBadge outcome={row.outcome} />,
            },
            { key: 'why', head: 'Why', cell: (row) => causeOf(row.cause), hideBelow: 'md' },
            { key: 'when', head: 'When', cell: (row) => <Timestamp at={row.startedAt} /> },
          ]}
        />
      )}
    </Card>
  )
}
