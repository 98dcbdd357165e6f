import { z } from 'zod'
import { type Actor, requireRole } from '../core/actor'
import { PatchbayError } from '../core/errors'
import type { Secret } from '../core/secret'
import type { Deps } from '../deps'
import { readPrivateKey } from '../oauth/private-key'
import type { AppCheck } from '../providers/contract'
import { auditApp } from './app-audit'
import { appFields, parseAppInput } from './app-input'
import { editableApp, lockEditableApp } from './editable-app'
import { openApp } from './open-app'
import { requireS2s } from './s2s-app'
import { sealField } from './sealed-fields'
import { recordCheck, tryApp } from './try-app'

const inputSchema = z.object({
  appId: appFields.appId,
  /** Any form that `readPrivateKey` takes. */
  privateKey: z.string().max(40_000, 'This is longer than any key.'),
  /** Store it though Outreach refuses its signature now: its public half may not be there yet. */
  evenIfRefused: z.boolean().default(false),
})

/**
 * Takes an S2S app's own private key. Where the app has a GUID already, the key is tried at Outreach first, and one that is refused
 * is not stored.
 *
 * @returns the public half as PEM, and what Outreach said (`null`: not asked)
 * @throws PatchbayError `forbidden`, `not_found`, `conflict`, `invalid_input` with why the key is no good, `app_misconfigured` when refused
 */
export async function importPrivateKey(
  deps: Deps,
  actor: Actor,
  input: z.input<typeof inputSchema>,
): Promise<{ publicKeyPem: string; fingerprint: string; check: AppCheck | null }> {
  const user = requireRole(actor, 'admin')
  const { appId, privateKey: text, evenIfRefused } = parseAppInput(inputSchema, input)
  requireS2s(await editableApp(deps.db, appId))
  const key = readPrivateKey(text)
  if (key.kind === 'refused') {
    throw new PatchbayError('invalid_input', key.words, { field: 'privateKey', reason: key.code })
  }
  const check = await trySignature(deps, appId, key.privateKey)
  if (check?.kind === 'wrong_credentials' && !evenIfRefused) {
    throw new PatchbayError('app_misconfigured', `Not stored. ${check.words}`, { field: 'privateKey', appId })
  }
  await deps.db.$transaction(async (tx) => {
    const app = await lockEditableApp(tx, appId)
    requireS2s(app)
    await tx.providerApp.update({
      where: { id: appId },
      data: {
        s2sPrivateKeySealed: sealField(deps.vault, appId, 's2sPrivateKey', key.privateKey),
        s2sPublicKeyPem: key.publicKeyPem,
      },
      select: { id: true },
    })
    if (check) await recordCheck(tx, deps, appId, check)
    await auditApp(tx, deps, user, app, 'provider_app.key_imported', {
      publicKeyFingerprint: key.fingerprint,
      bits: key.bits,
      check: check?.kind ?? null,
    })
  })
  await deps.events.publish({ topic: 'app', id: appId })
  return { publicKeyPem: key.publicKeyPem, fingerprint: key.fingerprint, check }
}

async function trySignature(deps: Deps, appId: string, s2sPrivateKey: Secret): Promise<AppCheck | null> {
  const app = await openApp(deps, appId)
  return app.s2sGuid ? tryApp(deps, { ...app, grants: ['s2s'], s2sPrivateKey }) : null
}
