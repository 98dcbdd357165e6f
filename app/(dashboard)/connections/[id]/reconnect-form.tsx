import { RotateCw } from 'lucide-react'
import { PostForm } from '@/components/forms/post-form'
import { SubmitButton } from '@/components/forms/submit-button'
import type { ButtonVariant } from '@/components/ui/button-style'
import type { ConnectionPage } from '@/lib/server'
import { OffButton, viewerReason } from './off-button'

/** What the Connect route needs to renew this connection under its own id. */
export function reconnectFields(connection: ConnectionPage): Record<string, string> {
  return { app: connection.app.id, grant: connection.grantKind, connection: connection.id }
}

/** @returns why it cannot be reconnected by this person now, `null` when it can */
export function whyNotReconnect(connection: ConnectionPage): string | null {
  if (!connection.canAct) return viewerReason
  if (connection.pending) return 'It waits to be accepted or refused first.'
  if (connection.ended?.refused) return 'It was refused: accept its install instead.'
  if (connection.app.isHidden) return 'Its provider app is no longer there.'
  return null
}

/** The Reconnect button: off to the provider and back, with the connection's id, history and scopes kept. */
export function ReconnectForm({
  connection,
  label,
  variant = 'secondary',
}: {
  connection: ConnectionPage
  label?: string
  variant?: ButtonVariant
}) {
  const words = label ?? (connection.ended ? 'Connect again' : 'Reconnect')
  const icon = <RotateCw aria-hidden="true" />
  const reason = whyNotReconnect(connection)
  if (reason) return <OffButton label={words} icon={icon} reason={reason} />
  return (
    <PostForm action={`/api/connect/${connection.provider}`} fields={reconnectFields(connection)}>
      <SubmitButton variant={variant} icon={icon}>
        {words}
      </SubmitButton>
    </PostForm>
  )
}
