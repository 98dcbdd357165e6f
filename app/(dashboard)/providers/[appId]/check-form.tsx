import { PlugZap } from 'lucide-react'
import { ActionForm } from '@/components/forms/action-form'
import { SubmitButton } from '@/components/forms/submit-button'
import type { ProviderAppPage } from '@/lib/server'
import { checkAppAction } from '../actions'

/** Asks the provider about the credentials; the result stands at the side of the page. */
export function CheckForm({ app }: { app: ProviderAppPage }) {
  if (!app.mayCheck) return null
  return (
    <ActionForm action={checkAppAction} className="grid gap-2">
      <input type="hidden" name="appId" value={app.id} />
      <SubmitButton variant="secondary" icon={<PlugZap aria-hidden="true" />}>
        Check
      </SubmitButton>
    </ActionForm>
  )
}
