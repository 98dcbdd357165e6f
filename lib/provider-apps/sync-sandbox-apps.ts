import { z } from 'zod'
import { environmentSchema, grantKindSchema, providerIdSchema } from '../core/provider'
import { Secret } from '../core/secret'
import type { Deps } from '../deps'
import { syncManagedApps } from './sync-managed-apps'

const secret = z
  .string()
  .nullable()
  .transform((text) => (text === null ? null : Secret.of(text)))

/** One entry of the list that the local providers' control gives of the apps registered with them. */
const listedApp = z
  .object({
    key: z.string(),
    provider: providerIdSchema,
    environment: environmentSchema,
    name: z.string(),
    grants: z.array(grantKindSchema),
    scopes: z.array(z.string()),
    baseUrl: z.url(),
    browserUrl: z.url(),
    clientId: z.string().nullable(),
    clientSecret: secret,
    s2sGuid: z.string().nullable(),
    s2sPrivateKeyPem: secret,
    webhookSecret: secret,
    installUrl: z.url().nullable(),
    pluginId: z.string().nullable(),
    rateLimitBypass: secret,
    agreedLimit: z.object({ limit: z.number(), windowS: z.number() }).nullable(),
  })
  .transform(({ key, s2sPrivateKeyPem, browserUrl, ...app }) => ({
    ...app,
    slug: key,
    s2sPrivateKey: s2sPrivateKeyPem,
    browserUrl: browserUrl === app.baseUrl ? null : browserUrl,
  }))

/**
 * Takes over a list of ready-made apps as apps that nobody can edit; an empty list hides them all.
 *
 * @param list parsed JSON
 * @throws ZodError when it is no such list
 */
export async function syncSandboxApps(deps: Deps, list: unknown): Promise<void> {
  await syncManagedApps(deps, 'sandbox', z.array(listedApp).parse(list))
}
