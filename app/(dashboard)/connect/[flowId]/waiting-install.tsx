import { ExternalLink } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { CopyField } from '@/components/data/copy-field'
import { Countdown } from '@/components/data/countdown'
import { Timestamp } from '@/components/data/timestamp'
import { buttonStyle } from '@/components/ui/button-style'
import { Callout } from '@/components/ui/callout'
import { Card } from '@/components/ui/card'
import { Spinner } from '@/components/ui/spinner'
import type { FlowPage } from '@/lib/server'
import { InstallButtons } from '../../installs/install-buttons'

type State = Extract<FlowPage['state'], { kind: 'waiting_install' }>

/** The steps of an install, until it arrives and this page turns into its connection. */
export function WaitingInstall({
  flow,
  state,
  canDecide,
}: {
  flow: FlowPage
  state: State
  canDecide: boolean
}) {
  const { arrived, installUrl, landingUrl } = state
  return (
    <div className="grid max-w-3xl gap-6">
      {arrived.length > 0 ? <Arrived flow={flow} arrived={arrived} canDecide={canDecide} /> : null}
      <Card
        title="Steps"
        footer={
          <span className="flex flex-wrap items-center gap-2">
            <Spinner /> Waiting for the install. This page turns into the connection when it arrives.
          </span>
        }
      >
        <ol className="grid gap-5">
          {flow.grant === 's2s'
            ? s2sSteps({ appName: flow.app.name, installUrl, landingUrl })
            : envoySteps({ appName: flow.app.name, installUrl })}
        </ol>
      </Card>
      <p className="text-ink-muted text-sm">
        An install that arrives while this waits becomes a connection by itself; a later one has to be
        accepted. It ends <Countdown to={flow.expiresAt} past="Ended" />. An install made earlier is added{' '}
        <Link href="/installs#add" className="text-accent underline underline-offset-4">
          by its INSTALL_ID
        </Link>
        .
      </p>
    </div>
  )
}

function s2sSteps(words: { appName: string; installUrl: string | null; landingUrl: string }) {
  return [
    <Step key="landing" number={1} title="Outreach must know the setup URL">
      <p className="text-ink-muted">
        In your app at Outreach, under External configuration → Setup URL. It is entered once.
      </p>
      <CopyField value={words.landingUrl} label="setup URL" wrap className="mt-2" />
    </Step>,
    <Step key="install" number={2} title={`An Outreach admin of the other company installs ${words.appName}`}>
      {words.installUrl ? (
        <InstallLink url={words.installUrl} label="Open the install page" />
      ) : (
        <p className="text-ink-muted">
          In Outreach, in the marketplace. Send that person the link that Outreach gives you for your app.
        </p>
      )}
    </Step>,
    <Step key="back" number={3} title="Outreach sends that person to the setup URL">
      <p className="text-ink-muted">
        Patchbay checks the install with Outreach, gets its tokens and shows it here. The person sees a short
        reference and may close the page.
      </p>
    </Step>,
  ]
}

function envoySteps(words: { appName: string; installUrl: string | null }) {
  return [
    <Step key="install" number={1} title={`An Envoy admin installs ${words.appName}`}>
      {words.installUrl ? (
        <InstallLink url={words.installUrl} label="Open Envoy’s install page" />
      ) : (
        <p className="text-ink-muted">
          In Envoy, under Apps. Enter the install link on the app’s page here to open it from this button.
        </p>
      )}
    </Step>,
    <Step key="setup" number={2} title="The person goes through the setup steps">
      <p className="text-ink-muted">
        Envoy calls Patchbay during a step, signed with the app’s secret. Patchbay gets the tokens at once.
      </p>
    </Step>,
    <Step key="back" number={3} title="The connection appears here">
      <p className="text-ink-muted">Nothing has to be copied.</p>
    </Step>,
  ]
}

function InstallLink({ url, label }: { url: string; label: string }) {
  return (
    <div className="mt-2 grid gap-2">
      <a
        href={url}
        target="_blank"
        rel="noopener noreferrer"
        className={buttonStyle('primary', 'md', 'w-fit')}
      >
        <ExternalLink aria-hidden="true" />
        {label}
        <span className="sr-only">, in a new tab</span>
      </a>
      <CopyField value={url} label="install link" />
    </div>
  )
}

function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <li className="flex gap-3">
      <span
        aria-hidden="true"
        className="inline-flex size-6 shrink-0 items-center justify-center rounded-full border border-line-strong bg-sunken text-sm tabular-nums"
      >
        {number}
      </span>
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        {children}
      </div>
    </li>
  )
}

/** More than one could be meant, so none was taken by itself. */
function Arrived({
  flow,
  arrived,
  canDecide,
}: {
  flow: FlowPage
  arrived: State['arrived']
  canDecide: boolean
}) {
  return (
    <Callout
      kind="warn"
      title={
        arrived.length === 1
          ? 'An install waits for your yes'
          : `${arrived.length} installs wait for your yes`
      }
    >
      <p>Patchbay cannot tell by itself that it is the one you mean. Accept the right one.</p>
      <ul className="mt-2 grid gap-2">
        {arrived.map((install) => (
          <li key={install.id} className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <span className="text-ink">
              {install.orgName ?? 'Not named'} <code className="font-mono">{install.reference}</code>
            </span>
            <Timestamp at={install.createdAt} />
            <InstallButtons install={{ ...install, appName: flow.app.name }} canDecide={canDecide} />
          </li>
        ))}
      </ul>
    </Callout>
  )
}
