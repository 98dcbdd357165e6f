import { createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto'
import type { SandboxApp, SandboxContext } from '../kernel/contract'
import { randomSecret } from '../kernel/tokens'
import { LEGACY_SCOPES } from './data/scopes'

/** The S2S app as this side knows it: what `SandboxApp` says, and the public half of the key. */
export type S2sApp = SandboxApp & {
  readonly s2sGuid: string
  readonly webhookSecret: string
  readonly publicKeyPems: readonly string[]
}

export type OutreachApps = {
  /** The four apps with the scopes they are registered with at present. */
  list(): SandboxApp[]
  s2s: S2sApp
}

export const DEV_APP_KEY = 'sandbox-outreach-dev'
const PROD_APP_KEY = 'sandbox-outreach-prod'
export const S2S_APP_KEY = 'sandbox-outreach-s2s'
export const LEGACY_APP_KEY = 'sandbox-outreach-legacy'
export const APP_KEYS = [DEV_APP_KEY, PROD_APP_KEY, S2S_APP_KEY, LEGACY_APP_KEY] as const

const USUAL_SCOPES = [
  'accounts.read',
  'calls.read',
  'opportunities.read',
  'prospects.read',
  'prospects.write',
  'sequences.read',
  'sequenceStates.read',
  'tasks.all',
  'users.read',
]
const S2S_APP_SCOPES = ['accounts.read', 'prospects.read', 'prospects.write', 'sequences.read', 'users.read']

/**
 * The apps that are ready at start (design section 8). Their secrets are made at the first start and kept, and their client
 * ids are their keys; `scopesNow` gives the scopes that an app was re-registered with, undefined for none.
 */
export function readyApps(
  context: SandboxContext,
  scopesNow: (key: string) => readonly string[] | undefined,
): OutreachApps {
  const guid = context.secret('s2s_guid', randomUUID)
  const keyPem = context.secret('s2s_private_key', makePrivateKeyPem)
  const base = {
    provider: 'outreach',
    baseUrl: context.baseUrl,
    browserUrl: context.browserUrl,
    clientId: null,
    clientSecret: null,
    s2sGuid: null,
    s2sPrivateKeyPem: null,
    webhookSecret: null,
    installUrl: null,
    pluginId: null,
    rateLimitBypass: null,
    agreedLimit: null,
    redirectUris: [],
    landingUrl: null,
    webhookUrl: null,
  } as const
  const oauth = (
    key: string,
    environment: SandboxApp['environment'],
    name: string,
    scopes: readonly string[],
  ) => ({
    ...base,
    key,
    environment,
    name,
    grants: ['oauth_code'] as const,
    scopes,
    clientId: key,
    clientSecret: context.secret(`${key}.client_secret`, randomSecret),
    redirectUris: [context.callbackUrl],
  })
  const s2s: S2sApp = {
    ...base,
    key: S2S_APP_KEY,
    environment: 'production',
    name: 'Patchbay S2S',
    grants: ['s2s'],
    scopes: S2S_APP_SCOPES,
    s2sGuid: guid,
    s2sPrivateKeyPem: keyPem,
    publicKeyPems: [publicHalf(keyPem)],
    webhookSecret: context.secret(`${S2S_APP_KEY}.webhook_secret`, randomSecret),
    installUrl: `${context.browserUrl}/apps/${guid}/install`,
    landingUrl: `${context.appUrl}/outreach/setup/${S2S_APP_KEY}`,
    webhookUrl: context.webhookUrl,
  }
  const { publicKeyPems: _, ...listedS2s } = s2s
  const atStart: readonly SandboxApp[] = [
    oauth(DEV_APP_KEY, 'development', 'Patchbay (development)', USUAL_SCOPES),
    oauth(PROD_APP_KEY, 'production', 'Patchbay', USUAL_SCOPES),
    listedS2s,
    oauth(LEGACY_APP_KEY, 'production', 'Patchbay (older platform)', LEGACY_SCOPES),
  ]
  return {
    list: () => atStart.map((app) => ({ ...app, scopes: scopesNow(app.key) ?? app.scopes })),
    s2s,
  }
}

function makePrivateKeyPem(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

function publicHalf(privateKeyPem: string): string {
  return createPublicKey(privateKeyPem).export({ type: 'spki', format: 'pem' }).toString()
}
