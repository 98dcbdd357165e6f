import { ArrowRight } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { ProviderMark } from '@/components/data/provider-mark'
import { PageHeader } from '@/components/shell/page-header'
import { ButtonLink } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Card } from '@/components/ui/card'
import { hasRole } from '@/lib/core/actor'
import { type ProviderId, providerIdSchema, providerIds, providerNames } from '@/lib/core/provider'
import { deps, pageActor } from '@/lib/server'
import { grantWords } from '../grant-words'
import { NewAppForm } from './new-app-form'

export const metadata: Metadata = { title: 'Add app' }

type Search = Promise<{ provider?: string | string[] }>

const choices: Record<ProviderId, string> = {
  outreach: 'OAuth for people, S2S for whole organisations.',
  envoy: 'A plugin that companies install, or an unlisted app with OAuth.',
  outstand: 'OAuth for people, white labels included.',
}

/** Provider first, then environment, name and grants: the draft is made, everything else is entered on its own page. */
export default async function NewAppPage({ searchParams }: { searchParams: Search }) {
  const actor = await pageActor()
  const provider = providerIdSchema.safeParse((await searchParams).provider)
  const crumbs = [{ href: '/providers', label: 'Providers' }]
  if (!hasRole(actor, 'admin')) {
    return (
      <>
        <PageHeader title="Add app" crumbs={crumbs} />
        <Callout kind="info" title="Adding an app needs the role admin.">
          Ask an admin of this Patchbay.
        </Callout>
      </>
    )
  }
  if (!provider.success) {
    return (
      <>
        <PageHeader title="Add app" description="Where is the app registered?" crumbs={crumbs} />
        <ul className="grid gap-3 sm:grid-cols-3">
          {providerIds.map((id) => (
            <li key={id}>
              <Link
                href={`/providers/new?provider=${id}`}
                className="group flex h-full items-start gap-3 rounded-lg border border-line bg-surface p-4 shadow-card transition-colors hover:border-line-strong hover:bg-hover"
              >
                <ProviderMark provider={id} size="lg" bare />
                <span className="min-w-0 flex-1">
                  <span className="block font-semibold">{providerNames[id]}</span>
                  <span className="block text-ink-muted text-sm">{choices[id]}</span>
                </span>
                <ArrowRight aria-hidden="true" className="mt-1 size-4 text-ink-faint" />
              </Link>
            </li>
          ))}
        </ul>
      </>
    )
  }
  const { grants, manifest } = deps().providers.get(provider.data)
  const name = providerNames[provider.data]
  return (
    <>
      <PageHeader
        title={`Add an app at ${name}`}
        description="This makes a draft. It shows the URLs to register the app with, and takes its credentials in the order the provider gives them."
        crumbs={crumbs}
        before={<ProviderMark provider={provider.data} size="lg" bare />}
        actions={<ButtonLink href="/providers/new">Another provider</ButtonLink>}
      />
      <Card className="max-w-2xl">
        <NewAppForm
          provider={provider.data}
          providerName={name}
          developmentNote={manifest.developmentNote}
          grants={grants.map((grant) => ({ grant, ...grantWords(provider.data, grant) }))}
          defaultBaseUrl={provider.data === 'outstand' ? deps().config.providerUrls.outstand : null}
        />
      </Card>
    </>
  )
}
