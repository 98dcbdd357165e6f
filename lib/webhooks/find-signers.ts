import type { ProviderId } from '../core/provider'
import type { Deps } from '../deps'
import { openApp } from '../provider-apps/open-app'
import type { OpenApp, WebhookHeaders } from '../providers/contract'

export type Signers =
  | { kind: 'signed'; apps: readonly OpenApp[] }
  | { kind: 'rejected'; reason: 'missing_signature' | 'bad_signature' }

/**
 * The provider apps whose secret verifies a webhook, over its raw body: the URL names no app, the signature does. Every app is
 * tried, so the time it takes does not tell which one signed.
 */
export async function findSigners(
  deps: Deps,
  provider: ProviderId,
  headers: WebhookHeaders,
  rawBody: Uint8Array,
): Promise<Signers> {
  const rows = await deps.db.providerApp.findMany({
    where: { provider, hiddenAt: null },
    select: { id: true },
    orderBy: { createdAt: 'asc' },
  })
  const apps: OpenApp[] = []
  let reason: Extract<Signers, { kind: 'rejected' }>['reason'] = 'bad_signature'
  for (const row of rows) {
    const app = await openApp(deps, row.id)
    const secret = deps.providers.get(provider).webhookSecret(app)
    if (!secret) continue
    const verification = deps.providers.get(provider).verifyWebhook(secret, headers, rawBody)
    if (verification.kind === 'verified') apps.push(app)
    else reason = verification.reason
  }
  return apps.length > 0 ? { kind: 'signed', apps } : { kind: 'rejected', reason }
}
