import { CopyField } from '@/components/data/copy-field'
import { Card } from '@/components/ui/card'
import { type ProviderId, providerNames } from '@/lib/core/provider'
import type { ProviderAppPage } from '@/lib/server'
import { FieldsForm } from './fields-form'
import { SecretRow } from './secret-row'

const webhookWords: Record<ProviderId, string> = {
  outreach: 'Signs Outreach’s messages of installs and removals. Without it they are refused.',
  envoy: '',
  outstand: 'Signs Outstand’s webhooks; agreed on with its support.',
}

/** Client id and the secrets. Secrets are write-only: replaced in place, tried at the provider first, connections kept. */
export function CredentialsCard({ app }: { app: ProviderAppPage }) {
  const name = providerNames[app.provider]
  const byClient = app.grants.some((grant) => grant !== 's2s')
  const row = { appId: app.id, mayEdit: app.mayEdit }
  return (
    <Card title="Credentials" description="Secrets are sealed when stored and never shown again.">
      <div className="grid gap-6">
        {byClient ? (
          app.mayEdit ? (
            <FieldsForm
              appId={app.id}
              submit="Save client id"
              fields={[
                {
                  name: 'clientId',
                  label: 'Client id',
                  value: app.clientId ?? '',
                  mono: true,
                  hint:
                    app.connections.live > 0
                      ? 'It cannot change while connections stand on it.'
                      : `As ${name} shows it for ${app.environment === 'development' ? 'development' : 'production'}.`,
                },
              ]}
            />
          ) : (
            <div className="grid gap-1.5">
              <p className="font-medium">Client id</p>
              {app.clientId ? <CopyField value={app.clientId} label="client id" wrap /> : <p>Not set</p>}
            </div>
          )
        ) : null}
        {byClient ? (
          <SecretRow
            {...row}
            field="clientSecret"
            label="Client secret"
            words={
              app.provider === 'envoy'
                ? 'Proves the app to Envoy, and signs Envoy’s webhooks.'
                : `Proves the app to ${name}. A new one is tried there before it takes the old one’s place.`
            }
            secret={app.secrets.clientSecret}
          />
        ) : null}
        {app.provider === 'outstand' || app.grants.includes('s2s') ? (
          <SecretRow
            {...row}
            erasable
            field="webhookSecret"
            label="Webhook secret"
            words={webhookWords[app.provider]}
            secret={app.secrets.webhookSecret}
          />
        ) : null}
        {app.provider === 'outstand' ? (
          <SecretRow
            {...row}
            erasable
            field="rateLimitBypass"
            label="Rate-limit bypass"
            words="Sent as X-Ratelimit-Bypass to this app’s host only, where Outstand agreed to a higher limit."
            secret={app.secrets.rateLimitBypass}
          />
        ) : null}
      </div>
    </Card>
  )
}
