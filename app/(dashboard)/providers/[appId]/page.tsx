import { Lock } from 'lucide-react'
import type { Metadata } from 'next'
import { oncePerRequest } from '@/app/once-per-request'
import { CopyId } from '@/components/data/copy-field'
import { EnvironmentTag } from '@/components/data/environment-tag'
import { LiveRefresh } from '@/components/data/live-refresh'
import { ProviderMark } from '@/components/data/provider-mark'
import { RelativeTime } from '@/components/data/timestamp'
import { PageHeader } from '@/components/shell/page-header'
import { Callout } from '@/components/ui/callout'
import { providerNames } from '@/lib/core/provider'
import { providerAppPage } from '@/lib/server'
import { AppState, OriginTag } from '../app-tags'
import { CheckForm } from './check-form'
import { ConnectForms } from './connect-forms'
import { CredentialsCard } from './credentials-card'
import { DetailsCard } from './details-card'
import { DevelopmentCard } from './development-card'
import { DraftCard } from './draft-card'
import { KeyPairCard } from './key-pair-card'
import { ScopesCard } from './scopes-card'
import { SideCards } from './side-cards'
import { UrlsCard } from './urls-card'

type Params = Promise<{ appId: string }>

const readApp = oncePerRequest(providerAppPage)

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const app = await readApp((await params).appId)
  return { title: `${app.name} · Providers` }
}

/** One provider app: what it lacks, the URLs to register, credentials, scopes, and what it is used for. */
export default async function AppPage({ params }: { params: Params }) {
  const app = await readApp((await params).appId)
  const complete = app.readiness.every(({ ready }) => ready)
  const steps = app.readOnly ? [] : app.readiness
  const missing = [...new Set(app.readiness.flatMap((grant) => grant.missing))]
  const open = steps.filter(({ ready }) => !ready)
  const done = steps.filter(({ ready }) => ready)
  return (
    <>
      <LiveRefresh topics={['app', 'connection']} />
      <PageHeader
        title={app.name}
        crumbs={[{ href: '/providers', label: 'Providers' }]}
        before={<ProviderMark provider={app.provider} size="lg" bare />}
        meta={
          <>
            <EnvironmentTag environment={app.environment} />
            <AppState state={app.fault ? 'fault' : complete ? 'ready' : app.ready ? 'partial' : 'draft'} />
            <OriginTag origin={app.origin} environment={app.environment} />
            <CopyId value={app.id} label="app id" />
          </>
        }
        actions={
          <>
            <CheckForm app={app} />
            <ConnectForms app={app} />
          </>
        }
      />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid min-w-0 gap-6">
          {app.fault ? (
            <Callout kind="error" title={`${providerNames[app.provider]} refuses this app.`}>
              {app.fault.words} Since <RelativeTime at={app.fault.at} />. Its connections are kept: put the
              credentials right, then Check.
            </Callout>
          ) : null}
          {app.readOnly ? (
            <Callout kind="info" title="Read-only">
              {app.readOnly}
              {missing.length > 0 ? ` It lacks ${missing.join(', ')}.` : null}
            </Callout>
          ) : app.mayEdit ? null : (
            <p className="flex items-center gap-2 text-ink-muted">
              <Lock aria-hidden="true" className="size-4" />
              Changing an app needs the role admin.
            </p>
          )}
          {open.map((readiness) => (
            <DraftCard key={readiness.grant} app={app} readiness={readiness} />
          ))}
          <KeyPairCard app={app} />
          <UrlsCard app={app} />
          <CredentialsCard app={app} />
          <ScopesCard app={app} />
          <DetailsCard app={app} />
          <DevelopmentCard app={app} />
          {done.map((readiness) => (
            <DraftCard key={readiness.grant} app={app} readiness={readiness} />
          ))}
        </div>
        <SideCards app={app} />
      </div>
    </>
  )
}
