'use client'

import { SecretDialog } from '@/components/data/secret-dialog'

/** A webhook's signing secret, shown this once. */
export function SigningSecretDialog({ secret, onDone }: { secret: string; onDone: () => void }) {
  return (
    <SecretDialog
      secret={secret}
      title="Signing secret"
      label="signing secret"
      description="Store it where the receiver runs. It is shown only now."
      lost="It cannot be shown again, only replaced."
      onDone={onDone}
    >
      <p className="text-ink-muted">
        The receiver checks each message with it, as Standard Webhooks describes. Lost, it is replaced by a
        new one.
      </p>
    </SecretDialog>
  )
}
