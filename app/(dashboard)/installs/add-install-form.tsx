'use client'

import { ActionForm } from '@/components/forms/action-form'
import { fieldError } from '@/components/forms/action-state'
import { SubmitButton } from '@/components/forms/submit-button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import type { InstallsPage } from '@/lib/server'
import { addInstallAction } from './actions'

/** Adds an Outreach install that was made before Patchbay knew the app. */
export function AddInstallForm({ apps }: { apps: InstallsPage['s2sApps'] }) {
  return (
    <ActionForm action={addInstallAction} className="grid max-w-md gap-4">
      {(state) => (
        <>
          {apps.length > 1 ? (
            <Field name="app" label="App" error={fieldError(state, 'app')}>
              {(control) => (
                <Select {...control} defaultValue={apps[0]?.id}>
                  {apps.map((app) => (
                    <option key={app.id} value={app.id}>
                      {app.name} ({app.environment})
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          ) : (
            <input type="hidden" name="app" value={apps[0]?.id ?? ''} />
          )}
          <Field
            name="externalInstallId"
            label="INSTALL_ID"
            hint="Outreach gave it when the app was installed, and names it in its install webhooks. A token is asked for at once; nothing is stored if Outreach gives none."
            error={fieldError(state, 'externalInstallId')}
          >
            {(control) => <Input {...control} mono autoComplete="off" spellCheck={false} />}
          </Field>
          <div>
            <SubmitButton>Add install</SubmitButton>
          </div>
        </>
      )}
    </ActionForm>
  )
}
