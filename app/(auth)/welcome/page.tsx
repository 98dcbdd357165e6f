import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { VisitorPage } from '@/components/shell/visitor-page'
import { ButtonLink } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Card } from '@/components/ui/card'
import { Secret } from '@/lib/core/secret'
import { deps, hasPeople, isSetupTokenGood, passwordLengthMin, setupCookieName } from '@/lib/server'
import { WelcomeForm } from './welcome-form'

export const metadata: Metadata = { title: 'Welcome' }

export default async function WelcomePage() {
  if (await hasPeople(deps())) redirect('/sign-in')
  const token = (await cookies()).get(setupCookieName(deps().config))?.value
  const good = token !== undefined && (await isSetupTokenGood(deps(), Secret.of(token)))
  return (
    <VisitorPage footer={<>Patchbay at {deps().config.appUrl.host}</>}>
      <Card>
        <div className="grid gap-5 p-2">
          <div>
            <h1 className="font-semibold text-xl tracking-tight">Welcome to Patchbay</h1>
            <p className="text-ink-muted">
              {good ? 'Make the first account: it owns this Patchbay.' : 'Nobody has an account here yet.'}
            </p>
          </div>
          {good ? <WelcomeForm passwordLengthMin={passwordLengthMin} /> : <NoLink />}
        </div>
      </Card>
    </VisitorPage>
  )
}

function NoLink() {
  return (
    <Callout
      kind="info"
      title="Open the set-up link first"
      actions={<ButtonLink href="/welcome">I have opened it</ButtonLink>}
    >
      The link stands in the terminal where Patchbay was started, below “Patchbay is ready”. It works once,
      for 24 hours; each start prints a new one until there is an account.
    </Callout>
  )
}
