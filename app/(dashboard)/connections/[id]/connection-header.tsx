import { ArrowUpRight, RefreshCw, Stethoscope } from 'lucide-react'
import { CopyId } from '@/components/data/copy-field'
import { EnvironmentTag } from '@/components/data/environment-tag'
import { ProviderMark } from '@/components/data/provider-mark'
import { StatusBadge } from '@/components/data/status-badge'
import { PostForm } from '@/components/forms/post-form'
import { SubmitButton } from '@/components/forms/submit-button'
import { PageHeader } from '@/components/shell/page-header'
import { providerNames } from '@/lib/core/provider'
import type { ConnectionPage } from '@/lib/server'
import { checkConnection, refreshConnection } from '../actions'
import { whyNotRefresh } from '../refresh-reason'
import { ActionButton } from './action-button'
import { DisconnectDialog } from './disconnect-dialog'
import { OffButton, viewerReason } from './off-button'
import { ReconnectForm } from './reconnect-form'

/** Who it is, how it is, and what can be done with it. */
export function ConnectionHeader({ connection }: { connection: ConnectionPage }) {
  const { account, app } = connection
  const who = [
    providerNames[connection.provider],
    connection.name === account.name ? null : account.name,
    account.orgName === account.name ? null : account.orgName,
    account.email === account.name ? null : account.email,
  ].filter((part) => part !== null)
  return (
    <PageHeader
      crumbs={[{ href: '/connections', label: 'Connections' }]}
      before={<ProviderMark provider={connection.provider} size="lg" bare />}
      title={connection.name}
      description={who.join(' · ')}
      meta={
        <>
          <StatusBadge view={connection.status} failureHref={`/connections/${connection.id}/history`} />
          <EnvironmentTag environment={app.environment} />
          {app.isSandbox && app.environment !== 'sandbox' ? (
            <span className="text-ink-muted text-sm">sandbox account</span>
          ) : null}
          <CopyId value={connection.id} label="connection id" />
        </>
      }
      actions={connection.pending || connection.ended ? null : <LiveActions connection={connection} />}
    />
  )
}

function LiveActions({ connection }: { connection: ConnectionPage }) {
  const fields = { connection: connection.id }
  const reason = connection.canAct ? null : viewerReason
  return (
    <>
      <ActionButton
        action={refreshConnection}
        fields={fields}
        label="Refresh now"
        icon={<RefreshCw aria-hidden="true" />}
        disabledReason={reason ?? whyNotRefresh(connection.status.status)}
      />
      <ActionButton
        action={checkConnection}
        fields={fields}
        label="Check again"
        icon={<Stethoscope aria-hidden="true" />}
        disabledReason={reason}
      />
      <ReconnectForm connection={connection} />
      {connection.sso ? <OpenInOutstand connection={connection} enabled={connection.sso.enabled} /> : null}
      <DisconnectDialog connection={connection} />
    </>
  )
}

function OpenInOutstand({ connection, enabled }: { connection: ConnectionPage; enabled: boolean }) {
  const icon = <ArrowUpRight aria-hidden="true" />
  const label = 'Open in Outstand'
  if (!connection.canAct) return <OffButton label={label} icon={icon} reason={viewerReason} />
  if (!enabled)
    return <OffButton label={label} icon={icon} reason="Switched off under Settings of this connection." />
  return (
    <PostForm action={`/api/connections/${connection.id}/sso`} newTab>
      <SubmitButton variant="secondary" icon={icon}>
        {label}
        <span className="sr-only"> (in a new tab)</span>
      </SubmitButton>
    </PostForm>
  )
}
