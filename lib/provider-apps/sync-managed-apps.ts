import { PatchbayError } from '../core/errors'
import { newId } from '../core/ids'
import type { Secret } from '../core/secret'
import type { Tx } from '../db/client'
import type { Deps } from '../deps'
import { readPrivateKey } from '../oauth/private-key'
import type { ManagedApp } from './managed-app'
import { openApp } from './open-app'
import { type SecretField, sealedFields, sealField } from './sealed-fields'

type SyncDeps = Pick<Deps, 'sql' | 'clock' | 'random' | 'vault' | 'db' | 'events'>

/** Any number of its own: two starting processes must not make the same app twice. */
const syncLock = 7_272_004

/**
 * Makes the provider apps of one origin what `apps` says: new ones are added, known ones (by slug) brought up to date, the
 * others hidden. A secret that did not change keeps its ciphertext.
 *
 * @throws PatchbayError `invalid_input` for a private key that cannot be used, `conflict` for a slug that a person's app has
 */
export async function syncManagedApps(
  deps: SyncDeps,
  origin: 'environment' | 'sandbox',
  apps: readonly ManagedApp[],
): Promise<void> {
  const prepared = apps.map(withReadableKey)
  const changed = await deps.db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${syncLock})`
    const ids: string[] = []
    for (const app of prepared) ids.push(await syncOne(tx, deps, origin, app))
    await tx.providerApp.updateMany({
      where: { origin, hiddenAt: null, id: { notIn: ids } },
      data: { hiddenAt: deps.clock.now() },
    })
    return ids
  })
  for (const id of changed) await deps.events.publish({ topic: 'app', id })
}

type PreparedApp = ManagedApp & { s2sPublicKeyPem: string | null }

function withReadableKey(app: ManagedApp): PreparedApp {
  if (app.s2sPrivateKey === null) return { ...app, s2sPublicKeyPem: null }
  const key = readPrivateKey(app.s2sPrivateKey.reveal())
  if (key.kind === 'refused') {
    throw new PatchbayError('invalid_input', `The private key of ${app.name} cannot be used. ${key.words}`, {
      code: key.code,
    })
  }
  return { ...app, s2sPrivateKey: key.privateKey, s2sPublicKeyPem: key.publicKeyPem }
}

async function syncOne(
  tx: Tx,
  deps: SyncDeps,
  origin: 'environment' | 'sandbox',
  app: PreparedApp,
): Promise<string> {
  const { clientSecret, s2sPrivateKey, webhookSecret, rateLimitBypass, agreedLimit, pluginId, ...plain } = app
  const secrets = { clientSecret, s2sPrivateKey, webhookSecret, rateLimitBypass }
  const found = await tx.providerApp.findUnique({
    where: { slug: app.slug },
    select: { id: true, origin: true },
  })
  if (found && found.origin !== origin) {
    throw new PatchbayError('conflict', `Another provider app has the name ${app.slug} in its URLs already.`)
  }
  const id = found?.id ?? newId('providerApp', deps.clock.now().getTime(), deps.random.bytes(10))
  const data = {
    ...plain,
    // A plugin id that was learnt from a webhook is not forgotten because the environment has no word for it.
    ...(pluginId === null ? {} : { pluginId }),
    agreedLimit: agreedLimit?.limit ?? null,
    agreedWindowS: agreedLimit?.windowS ?? null,
    hiddenAt: null,
  }
  if (!found) {
    await tx.providerApp.create({ data: { id, origin, ...data, ...sealAll(deps, id, secrets) } })
    return id
  }
  const stored = await openApp(deps, id)
  const replaced = Object.fromEntries(
    Object.entries(sealAll(deps, id, secrets)).filter(([property]) => {
      const field = fieldOf(property)
      return field !== null && stored[field]?.reveal() !== secrets[field]?.reveal()
    }),
  )
  await tx.providerApp.update({ where: { id }, data: { ...data, ...replaced } })
  return id
}

const fields = ['clientSecret', 's2sPrivateKey', 'webhookSecret', 'rateLimitBypass'] as const

function fieldOf(property: string): SecretField | null {
  return fields.find((field) => sealedFields[field].property === property) ?? null
}

function sealAll(deps: SyncDeps, id: string, secrets: Record<SecretField, Secret | null>) {
  return {
    clientSecretSealed: sealField(deps.vault, id, 'clientSecret', secrets.clientSecret),
    s2sPrivateKeySealed: sealField(deps.vault, id, 's2sPrivateKey', secrets.s2sPrivateKey),
    webhookSecretSealed: sealField(deps.vault, id, 'webhookSecret', secrets.webhookSecret),
    rateLimitBypassSealed: sealField(deps.vault, id, 'rateLimitBypass', secrets.rateLimitBypass),
  }
}
