import { PostForm } from '@/components/forms/post-form'
import { SubmitButton } from '@/components/forms/submit-button'
import type { ProviderAppPage } from '@/lib/server'
import { grantWords } from '../grant-words'

/** Connect, once for each grant that is ready. */
export function ConnectForms({ app }: { app: ProviderAppPage }) {
  if (!app.mayCheck) return null
  return app.readiness
    .filter(({ ready }) => ready)
    .map(({ grant }) => (
      <PostForm key={grant} action={`/api/connect/${app.provider}`} fields={{ app: app.id, grant }}>
        <SubmitButton>
          Connect
          {app.grants.length > 1 ? ` by ${grantWords(app.provider, grant).title}` : null}
        </SubmitButton>
      </PostForm>
    ))
}
