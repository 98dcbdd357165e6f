import { Lock } from 'lucide-react'
import type { Metadata } from 'next'
import { oncePerRequest } from '@/app/once-per-request'
import { CopyField, CopyId } from '@/components/data/copy-field'
import { LiveRefresh } from '@/components/data/live-refresh'
import { RelativeTime } from '@/components/data/timestamp'
import { PageHeader } from '@/components/shell/page-header'
import { Callout } from '@/components/ui/callout'
import { Card } from '@/components/ui/card'
import { type ApiKeyPage, apiKeyPage, deps } from '@/lib/server'
import { curlLine } from '../curl-line'
import { KeyStateBadge } from '../key-state-badge'
import { adminReason } from '../key-words'
import { ChangeKeyForm } from './change-key-form'
import { KeyFacts } from './key-facts'
import { KeyUsage } from './key-usage'
import { RevokeKey } from './revoke-key'

type Params = Promise<{ keyId: string }>

const readKey = oncePerRequest(apiKeyPage)

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const key = await readKey((await params).keyId)
  return { title: `${key.name} · API keys` }
}

/** One API key: what it may do, what it did, and its end. */
export default async function ApiKeyRoute({ params }: { params: Params }) {
  const key = await readKey((await params).keyId)
  const { id, name, state, mayManage } = key
  const works = state === 'active' || state === 'expiring'
  return (
    <>
      <LiveRefresh topics={['api_key', 'rate']} />
      <PageHeader
        title={name}
        crumbs={[
          { href: '/settings', label: 'Settings' },
          { href: '/settings/api-keys', label: 'API keys' },
        ]}
        meta={
          <>
            <KeyStateBadge state={state} />
            <CopyId value={id} label="key id" />
          </>
        }
        actions={works ? <RevokeKey apiKey={key} /> : null}
      />
      <div className="grid max-w-4xl gap-6">
        <Ending apiKey={key} />
        {mayManage ? null : (
          <p className="flex items-center gap-2 text-ink-muted">
            <Lock aria-hidden="true" className="size-4" />
            {adminReason}
          </p>
        )}
        <Card title="Key">
          <KeyFacts apiKey={key} />
        </Card>
        <KeyUsage apiKey={key} />
        {works ? (
          <Card title="Try it" description="With the key in the variable PATCHBAY_KEY.">
            <CopyField
              value={curlLine(deps().config.appUrl.origin, '$PATCHBAY_KEY', {
                scopes: key.scopes,
                connectionId: key.reach.connections[0]?.id ?? null,
              })}
              label="curl command"
              wrap
            />
          </Card>
        ) : null}
        {works && mayManage ? (
          <Card title="Change" description="What it may do and reach stays: create another key for that.">
            <ChangeKeyForm apiKey={key} />
          </Card>
        ) : null}
      </div>
    </>
  )
}

function Ending({ apiKey: { state, expiresAt, revokedAt, revokedBy } }: { apiKey: ApiKeyPage }) {
  if (state === 'revoked' && revokedAt) {
    return (
      <Callout kind="info" title="This key was revoked: it opens nothing any more.">
        By {revokedBy} <RelativeTime at={revokedAt} />.
      </Callout>
    )
  }
  if (state === 'expired' && expiresAt) {
    return (
      <Callout kind="info" title="This key has expired: it opens nothing any more.">
        It ended <RelativeTime at={expiresAt} />.
      </Callout>
    )
  }
  if (state !== 'expiring' || !expiresAt) return null
  return (
    <Callout kind="warn" title="This key ends soon.">
      It ends <RelativeTime at={expiresAt} />. Give its program a new key before.
    </Callout>
  )
}
