import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { VisitorPage } from '@/components/shell/visitor-page'
import { Callout } from '@/components/ui/callout'
import { Card } from '@/components/ui/card'
import { Secret } from '@/lib/core/secret'
import { deps, hasPeople, isSetupTokenGood, passwordLengthMin, setupCookieName } from '@/lib/server'
import { WelcomeForm } from './welcome-form'

export const metadata: Metadata = { title: 'Welcome', referrer: 'no-referrer' }

/** First run: whoever came by the printed link becomes the owner. */
export default async function WelcomePage() {
  const effects = deps()
  if (await hasPeople(effects)) redirect('/sign-in')
  const token = (await cookies()).get(setupCookieName(effects.config))?.value
  const good = token !== undefined && (await isSetupTokenGood(effects, Secret.of(token)))
  return (
    <VisitorPage>
      <Card>
        <div className="grid gap-5 p-2">
          <div>
            <h1 className="font-semibold text-xl tracking-tight">Welcome to Patchbay</h1>
            <p className="text-ink-muted">
              {good
                ? 'Make the first account: the owner of this Patchbay.'
                : 'The first account is made with a one-time link.'}
            </p>
          </div>
          {good ? (
            <WelcomeForm passwordLengthMin={passwordLengthMin} />
          ) : (
            <Callout kind="info" title="Open the set-up link">
              Patchbay printed it when it started; it is good for 24 hours. Restart Patchbay to get a new one.
            </Callout>
          )}
        </div>
      </Card>
    </VisitorPage>
  )
}
