import Link from 'next/link'
import { ProviderMark } from '@/components/data/provider-mark'
import { RateMeter } from '@/components/data/rate-meter'
import { StatusWord } from '@/components/data/status-badge'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { providerNames } from '@/lib/core/provider'
import type { OverviewPage } from '@/lib/server'
import { listHref } from './list-href'
import { Connect } from './overview-connect'

type Provider = OverviewPage['providers'][number]

/** A provider at a glance: its accounts by status, the fullest limit, and Connect. */
export function ProviderCard({ card, isAdmin }: { card: Provider; isAdmin: boolean }) {
  const { provider, statuses, accounts, busiest, offers } = card
  return (
    <Card
      className="flex flex-col"
      title={<ProviderMark provider={provider} />}
      description={
        <span className="flex flex-wrap items-center gap-2">
          {countWords(accounts)}
          {card.hasSandboxApp ? <Badge tone="info">Sandbox</Badge> : null}
        </span>
      }
      actions={<Connect provider={provider} offers={offers} isAdmin={isAdmin} />}
    >
      <div className="grid gap-4">
        {statuses.length > 0 ? (
          <ul aria-label={`${providerNames[provider]} accounts by status`} className="grid gap-0.5">
            {statuses.map(({ status, count }) => (
              <li key={status}>
                <Link
                  href={listHref('/connections', { provider, status })}
                  className="-mx-2 flex items-center justify-between gap-3 rounded-md px-2 py-1 hover:bg-hover"
                >
                  <StatusWord status={status} />
                  <span className="font-medium tabular-nums">{count}</span>
                </Link>
              </li>
            ))}
          </ul>
        ) : (
          <p className="text-ink-muted">{emptyWords(provider, offers.length > 0)}</p>
        )}
        {busiest ? (
          <div>
            <p className="mb-1 flex flex-wrap justify-between gap-x-3 text-ink-muted text-sm">
              <span>Busiest limit</span>
              {busiest.connections[0] ? (
                <Link
                  href={`/connections/${busiest.connections[0].id}/usage`}
                  className="max-w-48 truncate rounded-sm underline-offset-4 hover:text-ink hover:underline"
                >
                  {busiest.connections[0].name}
                </Link>
              ) : null}
            </p>
            <RateMeter view={busiest.view} name={busiest.connections[0]?.name ?? providerNames[provider]} />
          </div>
        ) : null}
      </div>
    </Card>
  )
}

function countWords(accounts: number): string {
  if (accounts === 0) return 'No account'
  return accounts === 1 ? 'One account' : `${accounts} accounts`
}

function emptyWords(provider: Provider['provider'], hasApp: boolean): string {
  const name = providerNames[provider]
  return hasApp
    ? `No account of ${name} is connected yet.`
    : `Register an app at ${name} and enter it here first.`
}
