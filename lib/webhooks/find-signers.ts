import type { ProviderId } from '../core/provider'
import type { Secret } from '../core/secret'
import type { Deps } from '../deps'
import { openApp } from '../provider-apps/open-app'
import type { OpenApp, WebhookHeaders } from '../providers/contract'

export type Signers =
  | { kind: 'signed'; apps: readonly OpenApp[] }
  | { kind: 'rejected'; reason: 'missing_signature' | 'bad_signature' }

/** Envoy signs with the client secret; the others have a secret for webhooks alone (providers.md 1.6, 2.6, 3.4). */
const signingSecret: Record<ProviderId, (app: OpenApp) => Secret | null> = {
  outreach: (app) => app.webhookSecret,
  envoy: (app) => app.clientSecret,
  outstand: (app) => app.webhookSecret,
}

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
    const secret = signingSecret[provider](app)
    if (!secret) continue
    const verification = deps.providers.get(provider).verifyWebhook(secret, headers, rawBody)
    if (verification.kind === 'verified') apps.push(app)
    else reason = verification.reason
  }
  return apps.length > 0 ? { kind: 'signed', apps } : { kind: 'rejected', reason }
}
