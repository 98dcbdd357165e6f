'use client'

import { Plug, SlidersHorizontal } from 'lucide-react'
import { useState } from 'react'
import { PostForm } from '@/components/forms/post-form'
import { SubmitButton } from '@/components/forms/submit-button'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Dialog } from '@/components/ui/dialog'
import { IconButton } from '@/components/ui/icon-button'
import type { ProviderId } from '@/lib/core/provider'
import type { ConnectOffer } from '@/lib/server'
import { OfferChoice } from './overview-offer-choice'
import { OfferScopes } from './overview-offer-scopes'
import { pressLabel } from './overview-offer-words'

/** Connect where there is something to choose: the app and how, and which scopes are asked for. */
export function ConnectChooser({
  provider,
  providerName,
  offers,
  trigger,
}: {
  provider: ProviderId
  providerName: string
  offers: readonly ConnectOffer[]
  /** `scopes`: beside a Connect button that leaves at once. */
  trigger: 'connect' | 'scopes'
}) {
  const [open, setOpen] = useState(false)
  const [key, setKey] = useState(offers.find((offer) => offer.why === null)?.key ?? null)
  const chosen = offers.find((offer) => offer.key === key) ?? null
  return (
    <>
      {trigger === 'connect' ? (
        <Button variant="primary" icon={<Plug aria-hidden="true" />} onClick={() => setOpen(true)}>
          <span>
            Connect<span className="sr-only"> {providerName}</span>…
          </span>
        </Button>
      ) : (
        <IconButton
          label={`Choose scopes before connecting ${providerName}`}
          icon={<SlidersHorizontal aria-hidden="true" />}
          onClick={() => setOpen(true)}
        />
      )}
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={`Connect ${providerName}`}
        description={offers.length > 1 ? 'Choose the app that asks for access.' : undefined}
      >
        <PostForm
          action={`/api/connect/${provider}`}
          fields={chosen ? { app: chosen.appId, grant: chosen.grant } : {}}
          className="grid gap-4"
        >
          {offers.length > 1 ? (
            <fieldset className="grid gap-2">
              <legend className="sr-only">Provider app</legend>
              {offers.map((offer) => (
                <OfferChoice
                  key={offer.key}
                  offer={offer}
                  group={`offer-${provider}`}
                  checked={offer.key === key}
                  onChoose={() => setKey(offer.key)}
                />
              ))}
            </fieldset>
          ) : null}
          {chosen?.warning ? (
            <Callout kind="warn" title="Development credentials" announce>
              {chosen.warning}
            </Callout>
          ) : null}
          {chosen ? <OfferScopes key={chosen.key} offer={chosen} startsOpen={trigger === 'scopes'} /> : null}
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            {chosen ? <SubmitButton>{pressLabel(chosen)}</SubmitButton> : null}
          </div>
        </PostForm>
      </Dialog>
    </>
  )
}
