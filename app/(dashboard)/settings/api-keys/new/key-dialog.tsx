'use client'

import { CopyField } from '@/components/data/copy-field'
import { SecretDialog } from '@/components/data/secret-dialog'
import type { ApiScope } from '@/lib/core/api-scopes'
import { curlLine } from '../curl-line'

/** A new API key, shown this once, with a line that tries it. */
export function KeyDialog({
  secret,
  may,
  onDone,
}: {
  secret: string
  may: { scopes: readonly ApiScope[]; connectionId: string | null }
  onDone: () => void
}) {
  return (
    <SecretDialog
      secret={secret}
      title="API key"
      label="API key"
      description="Store it where the program runs. It is shown only now."
      lost="It cannot be shown again. A lost key is revoked, and another one created."
      onDone={onDone}
    >
      {(onCopied) => (
        <div className="grid gap-1.5">
          <p className="text-ink-muted">Try it:</p>
          <CopyField
            value={curlLine(window.location.origin, secret, may)}
            label="curl command"
            wrap
            onCopied={onCopied}
          />
        </div>
      )}
    </SecretDialog>
  )
}
