'use client'

import { useState } from 'react'
import { postNextAuth } from '@/components/forms/next-auth-request'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { signInFault } from './sign-in-fault'

/** Sign-in at the company's own identity provider. @param props.host its host, so that one knows where one is sent */
export function OidcButton({ host, next }: { host: string; next: string }) {
  const [pending, setPending] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  return (
    <div className="grid gap-3">
      {fault ? <Callout kind="error" title={fault} announce /> : null}
      <Button
        size="lg"
        pending={pending}
        onClick={async () => {
          setPending(true)
          setFault(null)
          const answer = await postNextAuth('signin/oidc', { callbackUrl: next })
          if (answer.kind === 'answer' && answer.ok && answer.error === null)
            return location.assign(answer.url)
          setPending(false)
          setFault(signInFault(answer.kind === 'answer' ? (answer.error ?? 'unknown') : 'no_answer'))
        }}
      >
        Continue with {host}
      </Button>
    </div>
  )
}
