import Link from 'next/link'
import type { ReactNode } from 'react'
import { ProviderMark } from '@/components/data/provider-mark'
import { Timestamp } from '@/components/data/timestamp'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { providerNames } from '@/lib/core/provider'
import type { Waiting, WaitingFlow } from '@/lib/server'
import { SentRequest } from './connect/sent-request'
import { InstallButtons } from './installs/install-buttons'
import { DismissFlow } from './overview-dismiss'

/** What waits for a yes, a choice or a browser that did not come back. Nothing at all is drawn while nothing waits. */
export function WaitingCard({ waiting, isAdmin }: { waiting: Waiting; isAdmin: boolean }) {
  const { installs, installTotal, flows } = waiting
  if (installs.length + flows.length === 0) return null
  return (
    <Card
      flush
      title="Waiting"
      footer={
        installTotal > installs.length ? (
          <Link href="/installs" className="rounded-sm text-accent underline-offset-4 hover:underline">
            Show all {installTotal} installs
          </Link>
        ) : null
      }
    >
      <ul>
        {installs.map((install) => (
          <Line
            key={install.id}
            title={
              <>
                <ProviderMark provider={install.provider} bare />
                <Link href={listSearch(install.reference)} className={titleStyle}>
                  {install.orgName ?? `An organization that ${providerNames[install.provider]} did not name`}
                </Link>
                <span className="text-ink-muted text-sm">
                  <Timestamp at={install.createdAt} />
                </span>
              </>
            }
            words={`Installed ${install.appName}, which nobody here asked for. Reference ${install.reference}.`}
            buttons={<InstallButtons install={install} canDecide={isAdmin} />}
          />
        ))}
        {flows.map((flow) => (
          <FlowLine key={flow.id} flow={flow} isAdmin={isAdmin} />
        ))}
      </ul>
    </Card>
  )
}

const titleStyle = 'font-medium underline-offset-4 hover:underline'

function listSearch(reference: string): string {
  return `/installs?${new URLSearchParams({ q: reference })}`
}

function FlowLine({ flow, isAdmin }: { flow: WaitingFlow; isAdmin: boolean }) {
  const href = `/connect/${flow.id}`
  return (
    <Line
      title={
        <>
          <ProviderMark provider={flow.provider} bare />
          <Link href={href} className={titleStyle}>
            {flow.reconnectName ? `Reconnect ${flow.reconnectName}` : `Connect with ${flow.appName}`}
          </Link>
          <span className="text-ink-muted text-sm">
            <Timestamp at={flow.startedAt} />
          </span>
        </>
      }
      words={flowWords(flow)}
      buttons={
        <div className="flex flex-wrap items-start gap-2">
          <ButtonLink size="sm" href={href}>
            {flow.kind === 'choice' ? 'Choose' : flow.kind === 'install' ? 'Show the steps' : 'Show'}
          </ButtonLink>
          {flow.kind === 'choice' ? null : <DismissFlow flowId={flow.id} canDismiss={isAdmin} />}
        </div>
      }
    >
      {flow.kind === 'not_finished' ? (
        <details className="mt-2">
          <summary className="w-fit cursor-pointer rounded-sm text-accent text-sm">
            What was sent, to compare at {providerNames[flow.provider]}
          </summary>
          <div className="mt-3">
            <SentRequest sent={flow.sent} provider={flow.provider} />
          </div>
        </details>
      ) : null}
    </Line>
  )
}

function flowWords(flow: WaitingFlow): string {
  const provider = providerNames[flow.provider]
  switch (flow.kind) {
    case 'not_finished':
      return `Not finished: ${flow.startedBy} went to ${provider} and did not come back. Where ${provider} shows its own error page, one of the values sent differs from what is entered there.`
    case 'install':
      return `${flow.startedBy} waits for an install to arrive from ${provider}.`
    case 'choice':
      return 'Another account came back than the one to reconnect. Nothing was overwritten.'
    case 'sign_in':
      return `${provider} has answered. ${flow.startedBy} has to sign in again, in the same browser.`
  }
}

function Line({
  title,
  words,
  buttons,
  children,
}: {
  title: ReactNode
  words: string
  buttons: ReactNode
  children?: ReactNode
}) {
  return (
    <li className="border-line border-b px-4 py-3 last:border-0">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <p className="flex flex-wrap items-center gap-2">{title}</p>
          <p className="mt-0.5 text-ink-muted">{words}</p>
        </div>
        {buttons}
      </div>
      {children}
    </li>
  )
}
