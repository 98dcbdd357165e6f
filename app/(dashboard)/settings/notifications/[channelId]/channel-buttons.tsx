import { Pause, Play, Send } from 'lucide-react'
import { ActionForm } from '@/components/forms/action-form'
import { SubmitButton } from '@/components/forms/submit-button'
import { Card } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import type { ChannelPage } from '@/lib/server'
import { OffButton } from '../../../connections/[id]/off-button'
import { pauseChannelAction, removeChannelAction, resumeChannelAction, sendTestAction } from '../actions'
import { adminReason } from '../channel-words'

type Props = { channel: ChannelPage }

/** Sends a test message; how it went stays beside the button when it failed. */
export function SendTest({ channel: { id, mayManage, pausedAt } }: Props) {
  const icon = <Send aria-hidden="true" />
  const why = mayManage ? (pausedAt ? 'The channel is paused. Resume it first.' : null) : adminReason
  if (why) return <OffButton label="Send test" icon={icon} reason={why} />
  return (
    <ActionForm action={sendTestAction} className="grid gap-3">
      <input type="hidden" name="channelId" value={id} />
      <div>
        <SubmitButton variant="secondary" icon={icon}>
          Send test
        </SubmitButton>
      </div>
    </ActionForm>
  )
}

/** Pauses the channel, or lets it go on. */
export function PauseChannel({ channel: { id, mayManage, pausedAt } }: Props) {
  const paused = pausedAt !== null
  const label = paused ? 'Resume' : 'Pause'
  const icon = paused ? <Play aria-hidden="true" /> : <Pause aria-hidden="true" />
  if (!mayManage) return <OffButton label={label} icon={icon} reason={adminReason} />
  return (
    <ActionForm action={paused ? resumeChannelAction : pauseChannelAction} className="grid gap-2">
      <input type="hidden" name="channelId" value={id} />
      <div>
        <SubmitButton variant={paused ? 'primary' : 'secondary'} icon={icon}>
          {label}
        </SubmitButton>
      </div>
    </ActionForm>
  )
}

/** The end of a channel, with what goes and what stays. */
export function RemoveChannel({ channel: { id, name, waiting } }: Props) {
  return (
    <Card title="Remove" description="Its deliveries stay in the log; its secret is erased.">
      <ConfirmDialog
        label="Remove the channel"
        title={`Remove ${name}?`}
        confirmLabel="Remove the channel"
        confirmText={name}
        action={removeChannelAction}
        fields={{ channelId: id }}
      >
        <p>
          {waiting === 0
            ? 'It is told of nothing any more.'
            : `It is told of nothing any more, and ${waiting === 1 ? '1 message that waits is' : `${waiting} messages that wait are`} not sent.`}
        </p>
      </ConfirmDialog>
    </Card>
  )
}
