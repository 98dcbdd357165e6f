'use client'

import { Ellipsis, ExternalLink, RefreshCw, RotateCw, Unplug } from 'lucide-react'
import { useTransition } from 'react'
import { idle } from '@/components/forms/action-state'
import { showFault } from '@/components/forms/show-fault'
import { iconButtonStyle } from '@/components/ui/icon-button'
import { Menu } from '@/components/ui/menu'
import { MenuButton, MenuForm, MenuLink, MenuSeparator } from '@/components/ui/menu-items'
import { Spinner } from '@/components/ui/spinner'
import { showToast } from '@/components/ui/toast-store'
import type { ConnectionStatus } from '@/lib/core/status'
import { refreshConnection } from '../actions'
import { whyNotRefresh } from '../refresh-reason'

/** What can be done with one row. Disconnecting is asked for on the connection's own page, where its consequence stands. */
export function ConnectionRowMenu({
  id,
  name,
  provider,
  status,
  canAct,
}: {
  id: string
  name: string
  provider: string
  status: ConnectionStatus
  canAct: boolean
}) {
  const [pending, start] = useTransition()
  const viewer = canAct ? null : 'Needs the role admin.'
  const over = status === 'disconnected' ? 'It has ended.' : null
  const waiting = status === 'pending' ? 'It waits to be accepted.' : null
  const refresh = () => {
    if (pending) return
    const form = new FormData()
    form.set('connection', id)
    start(async () => {
      const result = await refreshConnection(idle, form)
      if (result.kind === 'failed') showFault(result, name)
      else if (result.kind === 'done' && result.message) showToast(`${name}: ${result.message}`)
    })
  }
  return (
    <Menu
      label={`Actions for ${name}`}
      triggerClassName={iconButtonStyle}
      trigger={pending ? <Spinner /> : <Ellipsis aria-hidden="true" />}
    >
      <MenuLink href={`/connections/${id}`} icon={<ExternalLink aria-hidden="true" />}>
        Open
      </MenuLink>
      <MenuButton
        icon={<RefreshCw aria-hidden="true" />}
        onClick={refresh}
        disabledReason={viewer ?? whyNotRefresh(status)}
      >
        Refresh now
      </MenuButton>
      <MenuForm
        action={`/api/connect/${provider}`}
        fields={{ connection: id }}
        icon={<RotateCw aria-hidden="true" />}
        disabledReason={viewer ?? waiting}
      >
        {status === 'disconnected' ? 'Connect again' : 'Reconnect'}
      </MenuForm>
      <MenuSeparator />
      {viewer || over || waiting ? (
        <MenuButton icon={<Unplug aria-hidden="true" />} danger disabledReason={viewer ?? over ?? waiting}>
          Disconnect…
        </MenuButton>
      ) : (
        <MenuLink href={`/connections/${id}/settings#disconnect`} icon={<Unplug aria-hidden="true" />}>
          Disconnect…
        </MenuLink>
      )}
    </Menu>
  )
}
