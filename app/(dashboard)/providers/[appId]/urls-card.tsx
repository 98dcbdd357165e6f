import { Info, TriangleAlert } from 'lucide-react'
import { CopyField } from '@/components/data/copy-field'
import { RelativeTime } from '@/components/data/timestamp'
import { Card } from '@/components/ui/card'
import { providerNames } from '@/lib/core/provider'
import type { ProviderAppPage } from '@/lib/server'

const titles = { redirect: 'Redirect URI', webhook: 'Webhook URL', landing: 'Set-up URL' } as const

/** Our addresses that the app is told at its provider, where to enter each, and what each lacks. */
export function UrlsCard({ app }: { app: ProviderAppPage }) {
  const name = providerNames[app.provider]
  if (app.urls.length === 0) return null
  return (
    <Card
      title={`URLs for ${name}`}
      description="Copy each to where it belongs; they work from the first draft on."
    >
      <ul className="grid gap-5">
        {app.urls.map(({ kind, url, where, checks }) => (
          <li key={kind} className="grid gap-1.5">
            <p className="font-medium">{titles[kind]}</p>
            <CopyField value={url} label={titles[kind].toLowerCase()} wrap />
            <p className="text-ink-muted text-sm">{where}</p>
            {checks.map(({ level, words, since }) => {
              const Icon = level === 'warn' ? TriangleAlert : Info
              return (
                <p key={words} className="flex items-start gap-1.5 text-sm">
                  <Icon
                    aria-hidden="true"
                    className={`mt-[3px] size-3.5 shrink-0 ${level === 'warn' ? 'text-warn' : 'text-ink-faint'}`}
                  />
                  <span>
                    {words}
                    {since ? (
                      <>
                        {' '}
                        the app was made <RelativeTime at={since} />.
                      </>
                    ) : null}
                  </span>
                </p>
              )
            })}
            {kind === 'webhook' && app.lastWebhookAt ? (
              <p className="text-ink-muted text-sm">
                Last webhook <RelativeTime at={app.lastWebhookAt} />.
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    </Card>
  )
}
