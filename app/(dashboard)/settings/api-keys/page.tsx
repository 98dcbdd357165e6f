import { KeyRound, Lock, Plus } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { EmptyState } from '@/components/data/empty-state'
import { LiveRefresh } from '@/components/data/live-refresh'
import { RelativeTime } from '@/components/data/timestamp'
import { PageHeader } from '@/components/shell/page-header'
import { ButtonLink } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Card } from '@/components/ui/card'
import { apiKeysPage, deps, type KeyRow, pageActor } from '@/lib/server'
import { SettingsTabs } from '../settings-tabs'
import { adminReason } from './key-words'
import { KeysTable } from './keys-table'

export const metadata: Metadata = { title: 'API keys · Settings' }

/** The keys by which the company's own programs get tokens and call the providers. */
export default async function ApiKeys() {
  const { current, ended, mayManage } = await apiKeysPage(deps(), await pageActor())
  const expiring = current.filter(({ state }) => state === 'expiring')
  return (
    <>
      <PageHeader
        title="API keys"
        description="With a key, a program of yours reads fresh tokens and calls the providers through Patchbay."
        crumbs={[{ href: '/settings', label: 'Settings' }]}
        actions={mayManage && current.length + ended.length > 0 ? <CreateButton /> : null}
      />
      <SettingsTabs />
      <LiveRefresh topics={['api_key', 'rate']} />
      <div className="grid gap-6">
        {expiring.length > 0 ? <Expiring keys={expiring} /> : null}
        <Card title="Keys" description="Each is shown once, when it is made." flush>
          {current.length === 0 ? (
            <NoKey mayManage={mayManage} />
          ) : (
            <KeysTable caption="Keys" keys={current} />
          )}
        </Card>
        {mayManage ? null : (
          <p className="flex items-center gap-2 text-ink-muted">
            <Lock aria-hidden="true" className="size-4" />
            {adminReason}
          </p>
        )}
        {ended.length > 0 ? (
          <Card title="Ended keys" description="Expired or revoked: they open nothing any more." flush>
            <KeysTable caption="Ended keys" keys={ended} ended />
          </Card>
        ) : null}
      </div>
    </>
  )
}

function CreateButton() {
  return (
    <ButtonLink href="/settings/api-keys/new" variant="primary" icon={<Plus aria-hidden="true" />}>
      Create key
    </ButtonLink>
  )
}

function NoKey({ mayManage }: { mayManage: boolean }) {
  return (
    <EmptyState icon={<KeyRound />} title="No program has a key" action={mayManage ? <CreateButton /> : null}>
      {mayManage
        ? 'Create a key for each program, so that each can be limited, watched and revoked by itself.'
        : 'Programs get tokens with a key. An admin can create one.'}
    </EmptyState>
  )
}

function Expiring({ keys }: { keys: readonly KeyRow[] }) {
  return (
    <Callout
      kind="warn"
      title={keys.length === 1 ? 'A key ends within a week.' : `${keys.length} keys end within a week.`}
    >
      <p>
        {keys.length === 1 ? 'Give its program a new key before.' : 'Give their programs new keys before.'}
      </p>
      <ul className="mt-1 grid gap-0.5">
        {keys.map(({ id, name, expiresAt }) => (
          <li key={id}>
            <Link href={`/settings/api-keys/${id}`} className="break-words underline">
              {name}
            </Link>{' '}
            {expiresAt ? <RelativeTime at={expiresAt} /> : null}
          </li>
        ))}
      </ul>
    </Callout>
  )
}
