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

/** Test, and pause or resume. */
export function ChannelButtons({ channel: { id, mayManage, pausedAt } }: Props) {
  const test = <Send aria-hidden="true" />
  const why = mayManage ? (pausedAt ? 'The channel is paused. Resume it first.' : null) : adminReason
  return (
    <div className="flex flex-wrap items-start gap-2">
      {why ? (
        <OffButton label="Send test" icon={test} reason={why} />
      ) : (
        <ActionForm action={sendTestAction} className="grid max-w-md gap-2">
          <input type="hidden" name="channelId" value={id} />
          <div>
            <SubmitButton variant="secondary" icon={test}>
              Send test
            </SubmitButton>
          </div>
        </ActionForm>
      )}
      {mayManage ? <PauseButton id={id} paused={pausedAt !== null} /> : null}
    </div>
  )
}

function PauseButton({ id, paused }: { id: string; paused: boolean }) {
  return (
    <ActionForm action={paused ? resumeChannelAction : pauseChannelAction} className="grid gap-2">
      <input type="hidden" name="channelId" value={id} />
      <div>
        <SubmitButton
          variant={paused ? 'primary' : 'secondary'}
          icon={paused ? <Play aria-hidden="true" /> : <Pause aria-hidden="true" />}
        >
          {paused ? 'Resume' : 'Pause'}
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
