import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { safePath } from '@/components/forms/safe-path'
import { VisitorPage } from '@/components/shell/visitor-page'
import { Callout } from '@/components/ui/callout'
import { Card } from '@/components/ui/card'
import { currentActor, deps, hasPeople } from '@/lib/server'
import { OidcButton } from './oidc-button'
import { signInFault } from './sign-in-fault'
import { SignInForm } from './sign-in-form'

export const metadata: Metadata = { title: 'Sign in' }

type Search = Promise<{ next?: string | string[]; error?: string | string[] }>

export default async function SignInPage({ searchParams }: { searchParams: Search }) {
  const { next, error } = await searchParams
  const path = safePath(next)
  if (await currentActor()) redirect(path)
  const effects = deps()
  const { appUrl, oidc } = effects.config
  return (
    <VisitorPage footer={<>Patchbay at {appUrl.host}</>}>
      <Card>
        <div className="grid gap-5 p-2">
          <div>
            <h1 className="font-semibold text-xl tracking-tight">Sign in</h1>
            <p className="text-ink-muted">
              {path === '/' ? 'To your company’s Patchbay.' : 'To go on where you were.'}
            </p>
          </div>
          {typeof error === 'string' ? <Callout kind="warn" title={signInFault(error)} /> : null}
          {(await hasPeople(effects)) ? null : (
            <Callout kind="info" title="Nobody has an account yet">
              Open the set-up link that Patchbay printed when it started, and make the first one.
            </Callout>
          )}
          {oidc ? (
            <>
              <OidcButton host={new URL(oidc.issuer).host} next={path} />
              <p className="flex items-center gap-3 text-ink-muted text-sm before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
                or
              </p>
            </>
          ) : null}
          <SignInForm next={path} />
        </div>
      </Card>
    </VisitorPage>
  )
}
