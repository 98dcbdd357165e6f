import { Bot, Building2, Footprints, type LucideIcon, User } from 'lucide-react'
import Link from 'next/link'
import { Timestamp } from '@/components/data/timestamp'
import type { AuditEntryView } from '@/lib/server'

const actorLooks: Readonly<Record<string, { Icon: LucideIcon; word: string }>> = {
  user: { Icon: User, word: 'A person' },
  provider: { Icon: Building2, word: 'A provider' },
  system: { Icon: Bot, word: 'Patchbay itself' },
  visitor: { Icon: Footprints, word: 'A visitor without an account' },
}

/** One entry of the audit trail as a sentence: who, did what, to what, when. */
export function AuditEntry({ entry, withFacts = false }: { entry: AuditEntryView; withFacts?: boolean }) {
  const { Icon, word } = actorLooks[entry.actorKind] ?? { Icon: Bot, word: 'Patchbay itself' }
  return (
    <div className="flex gap-3">
      <span title={word} className="mt-0.5 shrink-0 text-ink-faint">
        <Icon aria-hidden="true" className="size-4" />
        <span className="sr-only">{word}</span>
      </span>
      <div className="min-w-0 flex-1">
        <p className="break-words">
          <span className="font-medium">{entry.actorName}</span>{' '}
          <span className="text-ink-muted">{entry.what}</span> <Subject entry={entry} />
        </p>
        {withFacts && entry.facts.length > 0 ? (
          <dl className="mt-0.5 flex flex-wrap gap-x-4 text-ink-muted text-sm">
            {entry.facts.map((fact) => (
              <div key={fact.name} className="flex min-w-0 gap-1.5">
                <dt className="shrink-0 text-ink-faint">{fact.name}</dt>
                <dd className="min-w-0 break-words">{fact.value}</dd>
              </div>
            ))}
          </dl>
        ) : null}
      </div>
      <span className="shrink-0 text-ink-muted text-sm">
        <Timestamp at={entry.at} />
      </span>
    </div>
  )
}

function Subject({ entry }: { entry: AuditEntryView }) {
  if (!entry.href) return <span className="font-medium">{entry.subjectName}</span>
  return (
    <Link href={entry.href} className="rounded-sm font-medium text-accent underline-offset-4 hover:underline">
      {entry.subjectName}
    </Link>
  )
}
