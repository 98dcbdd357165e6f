import { groupDigits } from '@/components/data/rate-reading'
import { RelativeTime } from '@/components/data/timestamp'
import { Callout } from '@/components/ui/callout'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import type { InstanceBanners } from '@/lib/server'
import { goOnWithDatabase } from './held-action'

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
      actions={
        <ConfirmDialog
          label="Go on with this database"
          variant="secondary"
          title="Go on with this database?"
          confirmLabel="Go on"
          action={goOnWithDatabase}
          disabledReason={held.mayLetGoOn ? null : 'Needs the role admin.'}
        >
          <p>{renewalWords(held.connections)}</p>
          <p>
            A refresh token works once. If the original still runs, each of the two would spend the other’s
            tokens, and accounts would have to be connected again. Go on only where the original has stopped
            for good.
          </p>
          <p>Before a refresh token is spent, each connection’s access token is tried first.</p>
        </ConfirmDialog>
      }
    >
      {held.reason ? `${held.reason} ` : ''}No token is renewed here, so that the original keeps its grants.
    </Callout>
  )
}

function renewalWords(connections: number): string {
  if (connections === 0) return 'No connection lives in this database; new ones will be renewed here.'
  return connections === 1
    ? 'One connection will be renewed here from now on.'
    : `${groupDigits(connections)} connections will be renewed here from now on.`
}
