import { isPatchbayError } from '../core/errors'
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
    const app = await openOrSkip(deps, row.id)
    const secret = app && deps.providers.get(provider).webhookSecret(app)
    if (!app || !secret) continue
    const verification = deps.providers.get(provider).verifyWebhook(secret, headers, rawBody)
    if (verification.kind === 'verified') apps.push(app)
    else reason = verification.reason
  }
  return apps.length > 0 ? { kind: 'signed', apps } : { kind: 'rejected', reason }
}

/** An app whose secrets cannot be opened does not keep the webhooks of the others out. */
async function openOrSkip(deps: Deps, appId: string): Promise<OpenApp | null> {
  try {
    return await openApp(deps, appId)
  } catch (error) {
    if (!isPatchbayError(error)) throw error
    deps.log.error({ err: error, appId }, 'the secrets of a provider app cannot be opened')
    return null
  }
}
