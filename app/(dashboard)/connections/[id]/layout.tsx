import type { ReactNode } from 'react'
import { LiveRefresh } from '@/components/data/live-refresh'
import { TabsNav } from '@/components/ui/tabs-nav'
import { ConnectionCommands } from './connection-commands'
import { ConnectionHeader } from './connection-header'
import { type ConnectionParams, readConnection } from './read-connection'
import { SideFacts } from './side-facts'
import { StatusCallout } from './status-callout'

/** Header, state, tabs and facts around each tab of one connection. */
export default async function ConnectionLayout({
  children,
  params,
}: ConnectionParams & { children: ReactNode }) {
  const connection = await readConnection((await params).id)
  const base = `/connections/${connection.id}`
  return (
    <>
      <LiveRefresh topics={['connection', 'app', 'install']} />
      <ConnectionCommands connection={connection} />
      <ConnectionHeader connection={connection} />
      <div className="grid gap-6">
        <StatusCallout connection={connection} />
        <TabsNav
          label={`Pages of ${connection.name}`}
          tabs={[
            { href: base, label: 'Token' },
            { href: `${base}/scopes`, label: 'Scopes' },
            { href: `${base}/usage`, label: 'Usage' },
            { href: `${base}/try`, label: 'Try a call' },
            { href: `${base}/history`, label: 'History' },
            { href: `${base}/settings`, label: 'Settings' },
          ]}
        />
        <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <div className="grid min-w-0 gap-6">{children}</div>
          <SideFacts connection={connection} />
        </div>
      </div>
    </>
  )
}
