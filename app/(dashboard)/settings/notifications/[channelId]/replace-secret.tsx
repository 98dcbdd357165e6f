'use client'

import { useState } from 'react'
import type { FormAction } from '@/components/forms/action-state'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { replaceSecretAction } from '../actions'
import { SigningSecretDialog } from '../signing-secret-dialog'

/** Asks, replaces, and shows the new secret once. */
export function ReplaceSecret({ channelId }: { channelId: string }) {
  const [secret, setSecret] = useState<string | null>(null)
  const replace: FormAction = async (previous, form) => {
    const { shown, ...next } = await replaceSecretAction(previous, form)
    if (shown) setSecret(shown.secret)
    return next
  }
  return (
    <div>
      <ConfirmDialog
        label="Replace"
        variant="secondary"
        size="sm"
        title="Replace the signing secret?"
        confirmLabel="Replace"
        action={replace}
        fields={{ channelId }}
      >
        <p>Messages are signed with the old and the new secret for 24 hours, then with the new one alone.</p>
      </ConfirmDialog>
      {secret ? <SigningSecretDialog secret={secret} onDone={() => setSecret(null)} /> : null}
    </div>
  )
}
