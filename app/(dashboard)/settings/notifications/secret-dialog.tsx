'use client'

import { useState } from 'react'
import { CopyField } from '@/components/data/copy-field'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Dialog } from '@/components/ui/dialog'

/**
 * A secret that is shown this once. Closing it before it was copied asks first.
 *
 * @param props.onDone when it is closed for good
 */
export function SecretDialog({ secret, onDone }: { secret: string; onDone: () => void }) {
  const [step, setStep] = useState<'shown' | 'asked'>('shown')
  const [copied, setCopied] = useState(false)
  return (
    <>
      <Dialog
        open={step === 'shown'}
        onClose={() => (copied ? onDone() : setStep('asked'))}
        title="Signing secret"
        description="Store it where the receiver runs. It is shown only now."
        wide
        footer={
          <Button variant="primary" onClick={onDone}>
            I have stored it
          </Button>
        }
      >
        <div className="grid gap-3">
          <CopyField value={secret} label="signing secret" wrap onCopied={() => setCopied(true)} />
          <p className="text-ink-muted">
            The receiver checks each message with it, as Standard Webhooks describes. Lost, it is replaced by
            a new one.
          </p>
        </div>
      </Dialog>
      <Dialog
        open={step === 'asked'}
        onClose={() => setStep('shown')}
        role="alertdialog"
        title="Close without copying?"
        footer={
          <>
            <Button data-first-focus onClick={() => setStep('shown')}>
              Show it again
            </Button>
            <Button variant="danger" onClick={onDone}>
              Close for good
            </Button>
          </>
        }
      >
        <Callout kind="warn" title="The secret was not copied.">
          It cannot be shown again, only replaced.
        </Callout>
      </Dialog>
    </>
  )
}
