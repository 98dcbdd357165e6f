import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { safePath } from '@/components/forms/safe-path'
import { VisitorPage } from '@/components/shell/visitor-page'
import { Callout } from '@/components/ui/callout'
import { Card } from '@/components/ui/card'
import { currentActor, deps } from '@/lib/server'
import { signInFault } from './sign-in-fault'
import { SignInForm } from './sign-in-form'

export const metadata: Metadata = { title: 'Sign in' }

type Search = Promise<{ next?: string | string[]; error?: string | string[] }>

export default async function SignInPage({ searchParams }: { searchParams: Search }) {
  const { next, error } = await searchParams
  const path = safePath(next)
  if (await currentActor()) redirect(path)
  return (
    <VisitorPage footer={<>Patchbay at {deps().config.appUrl.host}</>}>
      <Card>
        <div className="grid gap-5 p-2">
          <div>
            <h1 className="font-semibold text-xl tracking-tight">Sign in</h1>
            <p className="text-ink-muted">
              {path === '/' ? 'To your company’s Patchbay.' : 'To go on where you were.'}
            </p>
          </div>
          {typeof error === 'string' ? <Callout kind="warn" title={signInFault(error)} /> : null}
          <SignInForm next={path} email="" />
        </div>
      </Card>
    </VisitorPage>
  )
}
