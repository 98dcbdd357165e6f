import Link from 'next/link'
import { Timestamp } from '@/components/data/timestamp'
import { Callout } from '@/components/ui/callout'
import { Card } from '@/components/ui/card'
import type { ProviderAppPage } from '@/lib/server'

const freePeopleMax = 10
const reasons = {
  other_org: 'of another org',
  beyond_ten: 'more than ten people of the owning org',
  unknown_org: 'org not known',
} as const

/** What development credentials mean (seed 001): the owning org's people against ten, and who lapses when. */
export function DevelopmentCard({ app }: { app: ProviderAppPage }) {
  if (!app.development) return null
  const { note, grants } = app.development
  const full = grants.ownPeople !== null && grants.ownPeople > freePeopleMax
  return (
    <Card title="Development credentials" description={note}>
      <div className="grid gap-4">
        {grants.ownPeople === null ? (
          <Callout kind="info" title="The owning org is not entered.">
            {app.readOnly === null
              ? 'Enter it under Details: then this page counts its people and says who will lapse when.'
              : 'Without it, nobody can say here whose grant will lapse when.'}
          </Callout>
        ) : (
          <p>
            <strong className="font-semibold tabular-nums">
              {grants.ownPeople} of {freePeopleMax}
            </strong>{' '}
            people of {app.owningOrgName ?? `org ${app.owningOrgId}`} are connected
            {full ? '. Outreach does not say whose grants lapse first; the latest are listed.' : '.'}
          </p>
        )}
        {grants.lapsing.length > 0 ? (
          <ul className="grid gap-2">
            {grants.lapsing.map(({ connectionId, name, reason, lapsesAt }) => (
              <li key={connectionId} className="flex flex-wrap items-baseline justify-between gap-x-4">
                <Link
                  href={`/connections/${connectionId}`}
                  className="font-medium underline underline-offset-4"
                >
                  {name}
                </Link>
                <span className="text-ink-muted text-sm">
                  {reasons[reason]}
                  {lapsesAt ? (
                    <>
                      , lapses about <Timestamp at={lapsesAt} />
                    </>
                  ) : null}
                </span>
              </li>
            ))}
          </ul>
        ) : null}
        {grants.ownPeople !== null && grants.lapsing.length === 0 ? (
          <p className="text-ink-muted">Nobody’s grant is expected to lapse.</p>
        ) : null}
      </div>
    </Card>
  )
}
