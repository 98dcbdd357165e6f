import Link from 'next/link'
import { Countdown } from '@/components/data/countdown'
import { ProviderMark } from '@/components/data/provider-mark'
import { RateMeter } from '@/components/data/rate-meter'
import { Card } from '@/components/ui/card'
import type { ComingUp } from '@/lib/server'

const warnMs = 3 * 24 * 60 * 60_000

type Clock = ComingUp['reconnectBy'][number]

/** What the next seven days bring, if nobody does anything. */
export function ComingUpCard({ comingUp }: { comingUp: ComingUp }) {
  const { reconnectBy, nearLimits } = comingUp
  if (reconnectBy.length + nearLimits.length === 0) {
    return (
      <Card title="Coming up">
        <p className="text-ink-muted">
          No clock runs out and no limit is nearly used in the next seven days.
        </p>
      </Card>
    )
  }
  return (
    <Card flush title="Coming up" description="The next seven days">
      <ul>
        {reconnectBy.map((clock) => (
          <Line key={clock.connectionId}>
            <div className="min-w-0 flex-1 basis-48">
              <p className="flex items-center gap-2">
                <ProviderMark provider={clock.provider} bare />
                <Link
                  href={`/connections/${clock.connectionId}`}
                  className="truncate font-medium underline-offset-4 hover:underline"
                >
                  {clock.name}
                </Link>
              </p>
              <p className="text-ink-muted text-sm">{clockWords(clock)}</p>
            </div>
            <span className="text-right">
              <span className="block text-ink-muted text-sm">Reconnect by</span>
              <Countdown to={clock.by} warnMs={clock.renewsItself ? undefined : warnMs} />
            </span>
          </Line>
        ))}
        {nearLimits.map((row) => (
          <Line key={row.bucket}>
            <p className="flex min-w-0 flex-1 basis-32 items-center gap-2">
              <ProviderMark provider={row.provider} bare />
              <Link href="/rate-limits" className="truncate font-medium underline-offset-4 hover:underline">
                {row.connections[0]?.name ?? row.bucket}
              </Link>
            </p>
            <div className="flex-1 basis-56">
              <RateMeter view={row.view} name={row.connections[0]?.name ?? row.bucket} />
            </div>
          </Line>
        ))}
      </ul>
    </Card>
  )
}

function clockWords({ because, renewsItself }: Clock): string {
  switch (because) {
    case 'development':
      return 'Development grant: it lapses a week after consent'
    case 'no_refresh_token':
      return 'It has no refresh token and ends with its access token'
    case 'refresh_token':
      return renewsItself
        ? 'Its refresh token ends; Patchbay renews it before'
        : 'Its refresh token ends, and renewals have failed lately'
  }
}

function Line({ children }: { children: React.ReactNode }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-line border-b px-4 py-3 last:border-0">
      {children}
    </li>
  )
}
