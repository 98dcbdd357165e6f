import { Countdown } from '@/components/data/countdown'
import { ButtonLink } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import type { ConnectionToken } from '@/lib/server'

type Development = NonNullable<ConnectionToken['development']>

const lapseWords: Record<Development['lapse'], string> = {
  other_org: 'This person is of another organization, so this grant lapses weekly.',
  beyond_ten:
    'More than ten people of the owning organization are connected, so this grant may lapse weekly.',
  unknown_org: 'Outreach has not told this person’s organization, so this grant may lapse weekly.',
  own_org: 'This person is one of the ten of the owning organization: this grant does not lapse weekly.',
  no_owner: 'Enter the owning organization of the app to see whether this grant lapses weekly.',
}

const sandboxWords =
  'The sandbox’s app has no owning organization: its control page lets development grants lapse.'

/** What development credentials mean for this grant (seed 001). */
export function DevelopmentNote({
  development,
  app,
}: {
  development: Development
  app: { id: string; isSandbox: boolean }
}) {
  const { note, lapse, lapsesAt } = development
  return (
    <Callout
      kind={lapse === 'own_org' ? 'info' : 'warn'}
      title="Development credentials"
      actions={
        lapse === 'no_owner' && !app.isSandbox ? (
          <ButtonLink href={`/providers/${app.id}`}>Open the app</ButtonLink>
        ) : null
      }
    >
      <p>
        {lapse === 'no_owner' && app.isSandbox ? sandboxWords : lapseWords[lapse]}
        {lapsesAt ? (
          <>
            {' '}
            Expected <Countdown to={lapsesAt} past="Passed" />; then reconnect.
          </>
        ) : null}
      </p>
      <p className="mt-1 text-sm">{note}</p>
    </Callout>
  )
}
