import { Compass } from 'lucide-react'
import { EmptyState } from '../data/empty-state'
import { ButtonLink } from '../ui/button'

/** A page that is not there: what may have happened and where to go. */
export function MissingPage() {
  return (
    <div className="py-10">
      <h1 className="sr-only">Page not found</h1>
      <EmptyState
        icon={<Compass />}
        title="There is no such page"
        action={
          <>
            <ButtonLink href="/" variant="primary">
              Overview
            </ButtonLink>
            <ButtonLink href="/connections">Connections</ButtonLink>
          </>
        }
      >
        The link may be mistyped, or what it led to has been removed.
      </EmptyState>
    </div>
  )
}
