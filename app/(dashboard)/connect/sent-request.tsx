import { CopyField } from '@/components/data/copy-field'
import { type KeyValue, KeyValueList } from '@/components/data/key-value-list'
import { type ProviderId, providerNames } from '@/lib/core/provider'
import type { SentRequest as Sent } from '@/lib/server'

/** What was sent to the provider, and where each part stands in the app there: providers show their own page for a mistake in it. */
export function SentRequest({ sent, provider }: { sent: Sent; provider: ProviderId }) {
  const name = providerNames[provider]
  const items: KeyValue[] = []
  if (sent.redirectUri) {
    items.push({
      name: 'Redirect URI',
      value: <CopyField value={sent.redirectUri} label="redirect URI" wrap />,
      hint: `Must stand in the app at ${name} letter by letter: scheme, port and a slash at the end count.`,
    })
  }
  if (sent.clientId) {
    items.push({
      name: 'Client id',
      value: <CopyField value={sent.clientId} label="client id" wrap />,
      hint: `Must be the client id of the app at ${name}, of the same environment.`,
    })
  }
  items.push({
    name: 'Scopes',
    value:
      sent.scopes.length > 0 ? (
        <CopyField value={sent.scopes.join(' ')} label="scopes" wrap />
      ) : (
        'None: the provider decides'
      ),
    ...(sent.scopes.length > 0
      ? { hint: `Each of them must be ticked in the app at ${name}, and saved.` }
      : {}),
  })
  if (sent.url) {
    items.push({
      name: 'Address',
      value: <CopyField value={sent.url} label="address as sent" wrap />,
      hint: 'As sent, without the values that belong to this one press.',
    })
  }
  return <KeyValueList items={items} />
}
