import { z } from 'zod'
import { type Actor, requireRole } from '../core/actor'
import { PatchbayError } from '../core/errors'
import type { Deps } from '../deps'
import { generateKeyPair as makeKeyPair } from '../oauth/private-key'
import { auditApp } from './app-audit'
import { appFields, parseAppInput } from './app-input'
import { editableApp, lockEditableApp } from './editable-app'
import { requireS2s } from './s2s-app'
import { sealField } from './sealed-fields'

const inputSchema = z.object({
  appId: appFields.appId,
  /** The public key that the new pair takes the place of, as it was shown; `null`: there is none yet. */
  replaces: z.string().max(10_000).nullable(),
})

/**
 * Makes an S2S app's RSA key pair: the private key is sealed and never shown, the public one is to be pasted into Outreach.
 *
 * @returns the public key as PEM
 * @throws PatchbayError `forbidden`, `not_found`, `invalid_input`; `conflict` when the app has another key by now
 */
export async function generateKeyPair(
  deps: Deps,
  actor: Actor,
  input: z.input<typeof inputSchema>,
): Promise<{ publicKeyPem: string; fingerprint: string }> {
  const user = requireRole(actor, 'admin')
  const { appId, replaces } = parseAppInput(inputSchema, input)
  requireS2s(await editableApp(deps.db, appId))
  const { privateKey, publicKeyPem, fingerprint } = await makeKeyPair()
  await deps.db.$transaction(async (tx) => {
    const app = await lockEditableApp(tx, appId)
    requireS2s(app)
    if (app.s2sPublicKeyPem?.trim() !== replaces?.trim()) {
      throw new PatchbayError('conflict', 'This app has another key by now: look at it first.', { appId })
    }
    await tx.providerApp.update({
      where: { id: appId },
      data: {
        s2sPrivateKeySealed: sealField(deps.vault, appId, 's2sPrivateKey', privateKey),
        s2sPublicKeyPem: publicKeyPem,
      },
      select: { id: true },
    })
    await auditApp(tx, deps, user, app, 'provider_app.key_made', {
      publicKeyFingerprint: fingerprint,
      replaced: replaces !== null,
    })
  })
  await deps.events.publish({ topic: 'app', id: appId })
  return { publicKeyPem, fingerprint }
}
