import Link from 'next/link'
import { Card } from '@/components/ui/card'
import type { AuditEntryView } from '@/lib/server'
import { AuditEntry } from './activity/audit-entry'

/** The ten latest entries of the audit trail. */
export function LatelyCard({ entries }: { entries: readonly AuditEntryView[] }) {
  return (
    <Card
      flush
      title="Lately"
      actions={
        <Link href="/activity" className="rounded-sm text-accent text-sm underline-offset-4 hover:underline">
          All activity
        </Link>
      }
    >
      {entries.length === 0 ? (
        <p className="px-4 py-3 text-ink-muted">Nothing has happened yet.</p>
      ) : (
        <ol>
          {entries.map((entry) => (
            <li key={entry.id} className="border-line border-b px-4 py-2 last:border-0">
              <AuditEntry entry={entry} />
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}
