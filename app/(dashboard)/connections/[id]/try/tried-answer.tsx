import { groupDigits } from '@/components/data/rate-reading'
import { Badge, type Tone } from '@/components/ui/badge'
import type { TriedCall } from '@/lib/server'

/** An answer in three words, which is all that is read out of it. */
export function answerWords({ status }: Pick<TriedCall, 'status'>): string {
  return `${status} ${statusWords(status)}`
}

/** The provider's answer to a trial. */
export function TriedAnswer({ tried }: { tried: TriedCall }) {
  const { path, status, durationMs, contentType, headers, body, bytes, cut } = tried
  return (
    <section aria-label="The provider’s answer" className="grid gap-3">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge tone={toneOf(status)}>{answerWords(tried)}</Badge>
        <code className="break-all font-mono text-sm">GET {path}</code>
        <span className="text-ink-muted tabular-nums">{groupDigits(Math.round(durationMs))} ms</span>
        <span className="text-ink-muted">{contentType ?? 'no content type'}</span>
      </p>
      {headers.length > 0 ? (
        <dl className="grid gap-x-4 font-mono text-sm sm:grid-cols-[auto_1fr]">
          {headers.map(({ name, value }) => (
            <div key={name} className="contents">
              <dt className="text-ink-muted">{name}</dt>
              <dd className="break-all">{value}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      {body === null ? (
        <p className="text-ink-muted">{groupDigits(bytes)} bytes that are not text are not shown.</p>
      ) : body === '' ? (
        <p className="text-ink-muted">The answer has no body.</p>
      ) : (
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
          tabIndex={0}
          className="max-h-120 overflow-auto rounded-lg border border-line bg-sunken p-3 font-mono text-sm"
        >
          {body}
        </pre>
      )}
      {cut ? <p className="text-ink-muted">Cut after {groupDigits(bytes)} bytes.</p> : null}
    </section>
  )
}

function toneOf(status: number): Tone {
  if (status < 300) return 'ok'
  return status === 429 || status < 400 ? 'warn' : 'danger'
}

const known: Readonly<Record<number, string>> = {
  401: 'Token refused',
  403: 'Not allowed to this token',
  404: 'Not found',
  429: 'At its rate limit',
}

function statusWords(status: number): string {
  if (known[status]) return known[status]
  if (status < 300) return 'Succeeded'
  if (status < 400) return 'Redirect, not followed'
  return status < 500 ? 'Refused' : 'The provider failed'
}
