import { PostForm } from '@/components/forms/post-form'
import { SubmitButton } from '@/components/forms/submit-button'
import type { ButtonVariant } from '@/components/ui/button-style'
import type { FlowPage } from '@/lib/server'
import { DisabledButton } from '../disabled-button'

/** The same press once more: same app, grant and scopes, or the same Reconnect. */
export function ConnectAgain({
  flow,
  canConnect,
  label = 'Try again',
  variant = 'primary',
}: {
  flow: Pick<FlowPage, 'provider' | 'grant' | 'app' | 'reconnect' | 'againScopes'>
  canConnect: boolean
  label?: string
  variant?: ButtonVariant
}) {
  if (!canConnect) return <DisabledButton why="Only an admin can connect accounts.">{label}</DisabledButton>
  if (flow.app.hidden)
    return <DisabledButton why="Its provider app has been removed.">{label}</DisabledButton>
  const fields: Record<string, string | readonly string[]> = flow.reconnect
    ? { connection: flow.reconnect.id }
    : { app: flow.app.id, grant: flow.grant }
  if (flow.againScopes) fields.scope = ['', ...flow.againScopes]
  return (
    <PostForm action={`/api/connect/${flow.provider}`} fields={fields}>
      <SubmitButton variant={variant}>{label}</SubmitButton>
    </PostForm>
  )
}
