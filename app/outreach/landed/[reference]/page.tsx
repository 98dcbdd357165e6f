import { ArrowLeft, CircleCheck, CircleSlash, Hourglass, type LucideIcon, Unplug } from 'lucide-react'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { CopyButton } from '@/components/data/copy-button'
import { VisitorPage } from '@/components/shell/visitor-page'
import { buttonStyle } from '@/components/ui/button-style'
import { Card } from '@/components/ui/card'
import { deps, type LandedPage, landedPage } from '@/lib/server'

export const metadata: Metadata = { title: 'Installation', referrer: 'no-referrer' }

type Told = { Icon: LucideIcon; tone: string; title: string; what: string; next: string }

/** For the person at the other company, who has no account here. */
export default async function LandedAt({ params }: { params: Promise<{ reference: string }> }) {
  const page = await landedPage(deps(), (await params).reference)
  if (!page) notFound()
  const { Icon, tone, title, what, next } = tell(page)
  return (
    <VisitorPage wide>
      <Card>
        <div className="grid gap-5 p-2">
          <div className="flex items-start gap-3">
            <Icon aria-hidden="true" className={`mt-0.5 size-6 shrink-0 ${tone}`} />
            <div>
              <h1 className="font-semibold text-xl tracking-tight">{title}</h1>
              <p className="mt-1 text-ink-muted">{what}</p>
            </div>
          </div>
          <div>
            <h2 className="font-medium">What happens next</h2>
            <p className="text-ink-muted">{next}</p>
          </div>
          <div className="flex flex-wrap items-center justify-between gap-3 rounded-lg border border-line bg-sunken px-4 py-3">
            <div>
              <h2 className="text-ink-muted text-sm">Your reference</h2>
              <p className="font-mono font-semibold text-2xl tracking-wider">{page.reference}</p>
            </div>
            <CopyButton text={page.reference} label="reference" withWord />
          </div>
          <a href={page.backUrl} rel="noreferrer" className={buttonStyle('secondary', 'md', 'w-fit')}>
            <ArrowLeft aria-hidden="true" />
            Back to Outreach
          </a>
        </div>
      </Card>
    </VisitorPage>
  )
}

function tell({ state, appName, orgName }: LandedPage): Told {
  const org = orgName ?? 'your organization'
  switch (state) {
    case 'waiting':
      return {
        Icon: Hourglass,
        tone: 'text-accent',
        title: 'Your installation is verified',
        what: `Outreach confirmed that ${appName} is installed for ${org}.`,
        next: `An administrator of ${appName} accepts it, usually soon. Give the reference below to the person who asked you to install the app, so that they find it at once. You can close this page.`,
      }
    case 'connected':
      return {
        Icon: CircleCheck,
        tone: 'text-ok',
        title: 'Connected',
        what: `${appName} is installed for ${org}, and the connection works.`,
        next: 'Nothing more is needed from you, and you can close this page. Should you talk about this installation with somebody, give them the reference below.',
      }
    case 'declined':
      return {
        Icon: CircleSlash,
        tone: 'text-danger',
        title: 'The installation was declined',
        what: `An administrator of ${appName} declined the installation for ${org}. Its access has been erased.`,
        next: 'If that was a mistake, give the reference below to the person who asked you to install the app. You can remove the app in Outreach.',
      }
    case 'uninstalled':
      return {
        Icon: Unplug,
        tone: 'text-ink-faint',
        title: 'The app is no longer installed',
        what: `${appName} has been uninstalled for ${org}. Its access has ended.`,
        next: 'To connect again, install the app in Outreach once more; its set-up brings you back here.',
      }
  }
}
