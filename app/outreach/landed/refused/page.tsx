import { ArrowLeft, CircleAlert } from 'lucide-react'
import type { Metadata } from 'next'
import { VisitorPage } from '@/components/shell/visitor-page'
import { buttonStyle } from '@/components/ui/button-style'
import { Card } from '@/components/ui/card'
import { deps, refusedLanding } from '@/lib/server'

export const metadata: Metadata = { title: 'Installation not verified', referrer: 'no-referrer' }

/** For the person at the other company whose set-up link did not hold. */
export default async function LandingRefused({
  searchParams,
}: {
  searchParams: Promise<{ why?: string | string[] }>
}) {
  const { why } = await searchParams
  const { words, next, backUrl } = await refusedLanding(deps(), typeof why === 'string' ? why : '')
  return (
    <VisitorPage wide>
      <Card>
        <div className="grid gap-5 p-2">
          <div className="flex items-start gap-3">
            <CircleAlert aria-hidden="true" className="mt-0.5 size-6 shrink-0 text-danger" />
            <div>
              <h1 className="font-semibold text-xl tracking-tight">
                This installation could not be verified
              </h1>
              <p className="mt-1 text-ink-muted">{words}</p>
            </div>
          </div>
          <div>
            <h2 className="font-medium">What to do</h2>
            <p className="text-ink-muted">{next}</p>
          </div>
          {backUrl ? (
            <a href={backUrl} rel="noreferrer" className={buttonStyle('secondary', 'md', 'w-fit')}>
              <ArrowLeft aria-hidden="true" />
              Back to Outreach
            </a>
          ) : null}
        </div>
      </Card>
    </VisitorPage>
  )
}
