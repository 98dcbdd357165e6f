import { FlaskConical } from 'lucide-react'
import { Badge } from '../ui/badge'

/** Which Patchbay this is: its host, and whether the local sandbox providers are on. */
export function PlaceLine({ host, sandbox }: { host: string; sandbox: boolean }) {
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-ink-muted text-xs">
      <span className="min-w-0 truncate">{host}</span>
      {sandbox ? (
        <Badge tone="info" icon={<FlaskConical aria-hidden="true" />}>
          Sandbox on
        </Badge>
      ) : null}
    </p>
  )
}
