'use client'

import { type ReactNode, useState } from 'react'
import { Button } from '../ui/button'
import { Callout } from '../ui/callout'
import { Dialog } from '../ui/dialog'
import { CopyField } from './copy-field'

/**
 * A secret that is shown this once. Closing it before it was copied asks first.
 *
 * @param props.label what it is, in a sentence: "signing secret"
 * @param props.lost what can be done when it is lost, as a sentence
 * @param props.children what to do with it; a function is given what to call when the secret was copied with something else
 * @param props.onDone when it is closed for good
 */
export function SecretDialog({
  secret,
  title,
  label,
  description,
  lost,
  children,
  onDone,
}: {
  secret: string
  title: string
  label: string
  description: string
  lost: string
  children: ReactNode | ((onCopied: () => void) => ReactNode)
  onDone: () => void
}) {
  const [step, setStep] = useState<'shown' | 'asked'>('shown')
  const [copied, setCopied] = useState(false)
  const onCopied = () => setCopied(true)
  return (
    <>
      <Dialog
        open={step === 'shown'}
        onClose={() => (copied ? onDone() : setStep('asked'))}
        title={title}
        description={description}
        wide
        footer={
          <Button variant="primary" onClick={onDone}>
            I have stored it
          </Button>
        }
      >
        <div className="grid gap-3">
          <CopyField value={secret} label={label} wrap onCopied={onCopied} />
          {typeof children === 'function' ? children(onCopied) : children}
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
        <Callout kind="warn" title={`The ${label} was not copied.`}>
          {lost}
        </Callout>
      </Dialog>
    </>
  )
}
