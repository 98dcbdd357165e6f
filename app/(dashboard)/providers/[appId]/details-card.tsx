import { type KeyValue, KeyValueList } from '@/components/data/key-value-list'
import { Card } from '@/components/ui/card'
import { Checkbox } from '@/components/ui/checkbox'
import { providerNames } from '@/lib/core/provider'
import type { ProviderAppPage } from '@/lib/server'
import { grantWords } from '../grant-words'
import { FieldsForm, type FormField } from './fields-form'

/** Name, grants and the other plain fields of an app. */
export function DetailsCard({ app }: { app: ProviderAppPage }) {
  const fields = fieldsOf(app)
  if (!app.mayEdit) {
    const items: KeyValue[] = [
      ...fields.map(({ label, value }) => ({ name: label, value: value || 'Not set' })),
      {
        name: 'Grants',
        value: app.grants.map((grant) => grantWords(app.provider, grant).title).join(', '),
      },
    ]
    return (
      <Card title="Details">
        <KeyValueList items={items} />
      </Card>
    )
  }
  return (
    <Card title="Details">
      <FieldsForm appId={app.id} fields={fields} submit="Save details">
        {app.possibleGrants.length > 1 && app.provider !== 'envoy' ? <Grants app={app} /> : null}
      </FieldsForm>
    </Card>
  )
}

function Grants({ app }: { app: ProviderAppPage }) {
  return (
    <fieldset>
      <legend className="font-medium">Grants</legend>
      <input type="hidden" name="grantsOffered" value="yes" />
      {app.possibleGrants.map((grant) => {
        const { title, words } = grantWords(app.provider, grant)
        return (
          <Checkbox
            key={`${grant}-${app.grants.includes(grant)}`}
            name="grant"
            value={grant}
            defaultChecked={app.grants.includes(grant)}
            label={title}
            hint={words}
          />
        )
      })}
    </fieldset>
  )
}

function fieldsOf(app: ProviderAppPage): FormField[] {
  const fields: FormField[] = [{ name: 'name', label: 'Name', value: app.name }]
  const provider = providerNames[app.provider]
  if (app.grants.some((grant) => grant === 's2s' || grant === 'plugin_install')) {
    fields.push({
      name: 'installUrl',
      label: 'Install link',
      value: app.installUrl ?? '',
      mono: true,
      optional: true,
      placeholder: 'https://',
      hint: `Connect opens it at ${provider}; without it Connect explains the way and waits for the install.`,
    })
  }
  if (app.provider === 'outreach' && app.environment === 'development') {
    fields.push(
      {
        name: 'owningOrgName',
        label: 'Owning org',
        value: app.owningOrgName ?? '',
        optional: true,
        hint: 'The Outreach organisation that owns the app: its people’s grants do not lapse, up to ten.',
      },
      {
        name: 'owningOrgId',
        label: 'Owning org’s id',
        value: app.owningOrgId ?? '',
        mono: true,
        optional: true,
        hint: 'More exact than the name, where you know it.',
      },
    )
  }
  if (app.provider === 'outstand') {
    fields.push(
      {
        name: 'baseUrl',
        label: 'Base URL',
        value: app.baseUrl,
        mono: true,
        hint: 'Outstand’s own, or your white label’s. It cannot change while connections stand on it.',
      },
      {
        name: 'agreedLimit',
        label: 'Agreed limit: calls',
        value: app.agreedLimit ? String(app.agreedLimit.limit) : '',
        optional: true,
        numeric: true,
        hint: 'Goes with the rate-limit bypass. Left empty, only Retry-After slows Patchbay down.',
      },
      {
        name: 'agreedWindowS',
        label: 'Agreed limit: seconds',
        value: app.agreedLimit ? String(app.agreedLimit.windowS) : '',
        optional: true,
        numeric: true,
        hint: 'In how many seconds; Outstand’s own window is 300.',
      },
    )
  }
  return fields
}
