import { RelativeTime } from '@/components/data/timestamp'
import { Callout } from '@/components/ui/callout'
import type { InstanceBanners } from '@/lib/server'

/** The database is a copy: nothing is renewed until a person says that it goes on. */
export function HeldBanner({ held }: { held: NonNullable<InstanceBanners['held']> }) {
  return (
    <Callout
      kind="warn"
      title={
        <>
          This database is a copy{' '}
          <span className="font-normal text-ink-muted">
            found <RelativeTime at={held.since} />
          </span>
        </>
      }
    >
      {held.reason ? `${held.reason} ` : ''}No token is renewed here, so that the original keeps its grants.
    </Callout>
  )
}
