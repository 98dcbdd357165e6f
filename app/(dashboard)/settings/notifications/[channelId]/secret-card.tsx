import { CircleCheck } from 'lucide-react'
import { RelativeTime } from '@/components/data/timestamp'
import { Card } from '@/components/ui/card'
import type { ChannelPage } from '@/lib/server'
import { ReplaceSecret } from './replace-secret'

/** Whether there is a secret and since when; never the secret. */
export function SecretCard({
  channel: { id, mayManage, createdAt, secretReplacedAt },
}: {
  channel: ChannelPage
}) {
  return (
    <Card title="Signing secret" description="With it the receiver knows that a message comes from here.">
      <div className="grid gap-3">
        <p className="flex flex-wrap items-center gap-1.5">
          <CircleCheck aria-hidden="true" className="size-4 text-ok" />
          <span>
            Set, {secretReplacedAt ? 'replaced' : 'made'} <RelativeTime at={secretReplacedAt ?? createdAt} />
          </span>
        </p>
        {mayManage ? <ReplaceSecret channelId={id} /> : null}
      </div>
    </Card>
  )
}
