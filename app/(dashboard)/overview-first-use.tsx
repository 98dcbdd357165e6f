import { ButtonLink } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import type { OverviewPage } from '@/lib/server'

/** What to do first, until an account is connected. */
export function FirstUse({
  firstUse,
  sandboxOn,
  isAdmin,
}: Pick<OverviewPage, 'firstUse' | 'sandboxOn'> & { isAdmin: boolean }) {
  if (firstUse === 'done') return null
  if (firstUse === 'no_connection') {
    return (
      <Callout title="Connect the first account">
        {sandboxOn
          ? 'The apps of the sandbox are ready. Press Connect on one of the cards below and consent as one of its people; nothing leaves this computer.'
          : 'Your app is entered. Press Connect on its card below.'}
      </Callout>
    )
  }
  return (
    <Callout
      title="Enter a provider app first"
      actions={
        isAdmin ? (
          <ButtonLink href="/providers/new" variant="primary">
            Add an app
          </ButtonLink>
        ) : null
      }
    >
      Patchbay connects accounts through an app that you register at Outreach, Envoy or Outstand. Its page
      here shows which addresses to enter there.{isAdmin ? null : ' An admin has to do that.'}
    </Callout>
  )
}
