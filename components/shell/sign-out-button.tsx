'use client'

import { LogOut } from 'lucide-react'
import { useState } from 'react'
import { postNextAuth } from '../forms/next-auth-request'
import { IconButton } from '../ui/icon-button'
import { Spinner } from '../ui/spinner'
import { showToast } from '../ui/toast-store'

/** Ends the session here and on the server, then shows the sign-in page afresh: nothing of the last page stays in memory. */
export function SignOutButton() {
  const [pending, setPending] = useState(false)
  return (
    <IconButton
      label="Sign out"
      icon={pending ? <Spinner /> : <LogOut aria-hidden="true" />}
      aria-busy={pending || undefined}
      onClick={async () => {
        if (pending) return
        setPending(true)
        const answer = await postNextAuth('signout', {})
        if (answer.kind === 'answer') return location.assign('/sign-in')
        setPending(false)
        showToast('Not signed out: Patchbay did not answer. Try again.', { kind: 'fault' })
      }}
    />
  )
}
