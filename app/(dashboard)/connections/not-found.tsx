import { Cable } from 'lucide-react'
import type { Metadata } from 'next'
import { EmptyState } from '@/components/data/empty-state'
import { ButtonLink } from '@/components/ui/button'

export const metadata: Metadata = { title: 'Connection not found' }

export default function ConnectionNotFound() {
  return (
    <div className="py-10">
      <h1 className="sr-only">Connection not found</h1>
      <EmptyState
        icon={<Cable />}
        title="There is no such connection"
        action={
          <ButtonLink href="/connections" variant="primary">
            All connections
          </ButtonLink>
        }
      >
        The id may be mistyped. An account that came back from a reconnect and was discarded leaves none
        either; a connection that was disconnected stays in the list.
      </EmptyState>
    </div>
  )
}
