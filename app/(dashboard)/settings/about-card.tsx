import { ExternalLink } from 'lucide-react'
import { CopyField } from '@/components/data/copy-field'
import { type KeyValue, KeyValueList } from '@/components/data/key-value-list'
import { RelativeTime } from '@/components/data/timestamp'
import { Card } from '@/components/ui/card'
import type { SettingsPage } from '@/lib/server'

/** What was set where Patchbay was started; nothing of it can be changed in the browser. */
export function AboutCard({ about }: { about: SettingsPage['about'] }) {
  const { appUrl, embeddedDatabase, sandboxControlUrl, environmentApps, oidcHost, processes } = about
  const items: KeyValue[] = [
    { name: 'Address', value: <CopyField value={appUrl} label="address" />, hint: 'APP_URL' },
    {
      name: 'Database',
      value: embeddedDatabase ? 'Embedded PostgreSQL' : 'PostgreSQL of your own',
      hint: embeddedDatabase ? 'Its files are in DATA_DIR.' : 'DATABASE_URL',
    },
    {
      name: 'Sandbox',
      value: sandboxControlUrl ? (
        <>
          On ·{' '}
          <a
            href={sandboxControlUrl}
            target="_blank"
            rel="noreferrer"
            className="inline-flex items-center gap-1 rounded-sm text-accent underline-offset-4 hover:underline"
          >
            Open its control page
            <ExternalLink aria-hidden="true" className="size-3.5" />
            <span className="sr-only">(new tab)</span>
          </a>
        </>
      ) : (
        'Off'
      ),
      hint: sandboxControlUrl
        ? 'Three local providers to try everything with. SANDBOX=off ends them.'
        : 'SANDBOX=on starts three local providers to try everything with.',
    },
    {
      name: 'Apps by environment',
      value: environmentApps === 0 ? 'None' : String(environmentApps),
      hint: 'Provider apps that variables describe; the others are entered under Providers.',
    },
    {
      name: 'Sign-in',
      value: oidcHost ? `Password, or through ${oidcHost}` : 'Password',
      hint: oidcHost ? null : 'OIDC_ISSUER adds your company’s sign-in.',
    },
    {
      name: processes.length === 1 ? 'Process' : 'Processes',
      value: processes.length === 0 ? 'None has shown itself' : <Processes processes={processes} />,
      hint: 'Each shows itself every 15 seconds; at least one must have the role worker (ROLES).',
    },
  ]
  return (
    <Card title="About this Patchbay" description="Set where it is started; shown here to read only.">
      <KeyValueList items={items} />
    </Card>
  )
}

function Processes({ processes }: { processes: SettingsPage['about']['processes'] }) {
  return (
    <ul className="grid gap-1">
      {processes.map(({ id, host, pid, roles, version, startedAt }) => (
        <li key={id}>
          <span className="break-all font-mono text-sm">
            {host}:{pid}
          </span>{' '}
          <span className="text-ink-muted">
            {roles.join(' and ')} · version {version} · started <RelativeTime at={startedAt} />
          </span>
        </li>
      ))}
    </ul>
  )
}
