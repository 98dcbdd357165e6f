import { clsx } from 'clsx'
import { PhoneForwarded } from 'lucide-react'
import Link from 'next/link'
import { CallChart } from '@/components/charts/call-chart'
import { EmptyState } from '@/components/data/empty-state'
import { groupDigits } from '@/components/data/rate-reading'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { totalCalls } from '@/lib/core/call-counts'
import type { UsageHistory, UsagePeriod } from '@/lib/server'
import { periodWords } from './period-words'

/** The calls of a connection over time, in the period of the address. */
export function CallsCard({ history, base }: { history: UsageHistory; base: string }) {
  const { period, bins, totals, tokenReads } = history
  return (
    <Card
      title="Calls through Patchbay"
      description={period === '24h' ? 'By quarter of an hour' : 'By day'}
      actions={<Periods base={base} period={period} />}
      footer={tokenReads > 0 ? readWords(tokenReads, period) : undefined}
    >
      {totalCalls(totals) > 0 ? (
        <CallChart bins={bins} span={periodWords[period]} id="calls" />
      ) : (
        <NoCalls period={period} />
      )}
    </Card>
  )
}

const periodNames: Record<UsagePeriod, string> = { '24h': '24 hours', '30d': '30 days' }

function Periods({ base, period }: { base: string; period: UsagePeriod }) {
  return (
    <nav aria-label="Period" className="inline-flex rounded-lg border border-line-strong p-0.5 text-sm">
      {(['24h', '30d'] as const).map((each) => (
        <Link
          key={each}
          href={each === '24h' ? base : `${base}?period=${each}`}
          scroll={false}
          aria-current={each === period ? 'true' : undefined}
          className={clsx(
            'rounded-md px-2.5 py-0.5',
            each === period ? 'bg-sunken font-medium text-ink' : 'text-ink-muted hover:text-ink',
          )}
        >
          {periodNames[each]}
        </Link>
      ))}
    </nav>
  )
}

function NoCalls({ period }: { period: UsagePeriod }) {
  return (
    <EmptyState
      icon={<PhoneForwarded />}
      title={`No call through Patchbay ${periodWords[period]}`}
      action={
        <>
          <ButtonLink href="/settings/api-reference">API reference</ButtonLink>
          <ButtonLink href="/settings/api-keys">API keys</ButtonLink>
        </>
      }
    >
      A program calls the provider through the proxy with an API key; each call then shows here.
    </EmptyState>
  )
}

function readWords(reads: number, period: UsagePeriod): string {
  const times = reads === 1 ? 'once' : `${groupDigits(reads)} times`
  return `The token itself was read ${times} ${periodWords[period]}. What a program calls with it is not seen here.`
}
