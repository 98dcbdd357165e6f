import { PageCommands } from '@/components/shell/page-commands'
import type { ConnectionPage } from '@/lib/server'
import { reconnectFields, whyNotReconnect } from './reconnect-form'

/** What the palette can do with the connection that is open. */
export function ConnectionCommands({ connection }: { connection: ConnectionPage }) {
  const { id, name, provider } = connection
  const go = (tab: string, label: string) => ({
    id: `connection-${tab}`,
    label: `${label} of ${name}`,
    run: { kind: 'go' as const, href: `/connections/${id}/${tab}` },
  })
  return (
    <PageCommands
      commands={[
        ...(whyNotReconnect(connection) === null
          ? [
              {
                id: 'connection-reconnect',
                label: `Reconnect ${name}`,
                run: {
                  kind: 'post' as const,
                  action: `/api/connect/${provider}`,
                  fields: reconnectFields(connection),
                },
              },
            ]
          : []),
        go('scopes', 'Scopes'),
        go('usage', 'Usage'),
        go('history', 'History'),
        go('settings', 'Settings'),
      ]}
    />
  )
}
