import { CircleSlash } from 'lucide-react'
import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { pageActor } from '@/lib/server'
import { tellRefusal } from './tell-refusal'

export const metadata: Metadata = { title: 'Not connected', referrer: 'no-referrer' }

type Props = { searchParams: Promise<{ why?: string | string[] }> }

/** Where a press of Connect or a provider's answer ends that was turned away before it touched anything. */
export default async function ConnectRefused({ searchParams }: Props) {
  await pageActor()
  const { why } = await searchParams
  const { title, words, next } = tellRefusal(typeof why === 'string' ? why : '')
  return (
    <>
      <PageHeader
        title={title}
        crumbs={[{ href: '/connections', label: 'Connections' }]}
        before={<CircleSlash aria-hidden="true" className="mt-1 size-5 shrink-0 text-danger" />}
      />
      <Card className="max-w-2xl">
        <p>{words}</p>
        <div className="mt-4 flex flex-wrap gap-2">
          <ButtonLink href={next.href} variant="primary">
            {next.label}
          </ButtonLink>
          {next.href === '/' ? null : <ButtonLink href="/">Back to the overview</ButtonLink>}
        </div>
      </Card>
    </>
  )
}
