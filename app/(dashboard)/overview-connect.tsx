import { Plug, Plus } from 'lucide-react'
import { PostForm } from '@/components/forms/post-form'
import { SubmitButton } from '@/components/forms/submit-button'
import { ButtonLink } from '@/components/ui/button'
import { type ProviderId, providerNames } from '@/lib/core/provider'
import type { ConnectOffer } from '@/lib/server'
import { DisabledButton } from './disabled-button'
import { ConnectChooser } from './overview-connect-chooser'
import { pressLabel } from './overview-offer-words'

/** The Connect button of a provider: it leaves at once where there is nothing to choose. */
export function Connect({
  provider,
  offers,
  isAdmin,
}: {
  provider: ProviderId
  offers: readonly ConnectOffer[]
  isAdmin: boolean
}) {
  const name = providerNames[provider]
  const [first] = offers
  if (!isAdmin) {
    return (
      <DisabledButton size="md" why="Only an admin can connect accounts.">
        Connect
      </DisabledButton>
    )
  }
  if (!first) {
    return (
      <ButtonLink href={`/providers/new?provider=${provider}`} icon={<Plus aria-hidden="true" />}>
        <span>
          Add an app<span className="sr-only"> of {name}</span>
        </span>
      </ButtonLink>
    )
  }
  if (offers.length > 1) {
    return <ConnectChooser provider={provider} providerName={name} offers={offers} trigger="connect" />
  }
  if (first.why) {
    return (
      <span className="grid gap-1">
        <ButtonLink href={`/providers/${first.appId}`} className="w-fit">
          Complete the app
        </ButtonLink>
        <span className="text-ink-muted text-sm">{first.why}</span>
      </span>
    )
  }
  if (first.warning) {
    return <ConnectChooser provider={provider} providerName={name} offers={offers} trigger="connect" />
  }
  return (
    <span className="flex items-center gap-1">
      <PostForm action={`/api/connect/${provider}`} fields={{ app: first.appId, grant: first.grant }}>
        <SubmitButton icon={<Plug aria-hidden="true" />}>
          <span>
            {pressLabel(first)}
            <span className="sr-only"> {name}</span>
          </span>
        </SubmitButton>
      </PostForm>
      {first.scopes.length > 0 ? (
        <ConnectChooser provider={provider} providerName={name} offers={offers} trigger="scopes" />
      ) : null}
    </span>
  )
}
