import { z } from 'zod'
import { writeAudit } from '../audit/write-audit'
import { type Actor, requireRole, type UserActor } from '../core/actor'
import { newId } from '../core/ids'
import { grantKindSchema, providerIdSchema } from '../core/provider'
import type { Deps } from '../deps'
import { codeChallenge, makeCodeVerifier } from '../oauth/pkce'
import { hashState, makeState } from '../oauth/state'
import { openApp } from '../provider-apps/open-app'
import type { OpenApp } from '../providers/contract'
import { parseInput } from '../rotation/parse-input'
import type { Adopted } from './adopt-tokens'
import { type ChosenApp, chooseApp, requireComplete } from './choose-app'
import { chooseScopes } from './choose-scopes'
import {
  flowCookieName,
  flowLifeMs,
  installFlowLifeMs,
  newFlowCookie,
  redirectUri,
  sealFlowSecret,
} from './flow-secrets'
import { mintApplication } from './mint-application'
import type { FlowEnd } from './settle-exchange'

const idSchema = z.string().min(1).max(100)
const inputSchema = z.object({
  provider: providerIdSchema,
  app: idSchema.optional(),
  grant: grantKindSchema.optional(),
  scopes: z.array(z.string().min(1).max(200)).max(300).optional(),
  connection: idSchema.optional(),
})

export type StartOutcome =
  /** To the provider's consent page, with the cookie that binds the flow to this browser. */
  | { kind: 'redirect'; url: URL; cookie: FlowCookie; flowId: string }
  /** The install arrives by itself: at the provider's install page where the app has one. */
  | { kind: 'wait'; flowId: string; installUrl: URL | null }
  /** An application needs no person: it is connected at once, or its flow has ended with words. */
  | Adopted
  | FlowEnd

export type FlowCookie = { name: string; value: string; maxAgeS: number }

/**
 * A press of Connect or Reconnect. Its row keeps app, grant, redirect URI, scopes and verifier as they are sent, and the
 * exchange repeats them from there alone (design 2, all flows).
 *
 * @throws PatchbayError `forbidden`, `invalid_input`, `not_found`, `conflict`, `provider_app_incomplete`
 */
export async function startConnect(
  deps: Deps,
  actor: Actor,
  input: z.input<typeof inputSchema>,
): Promise<StartOutcome> {
  const user = requireRole(actor, 'admin')
  const asked = parseInput(inputSchema, input)
  const chosen = await chooseApp(deps, {
    provider: asked.provider,
    app: asked.app ?? null,
    grant: asked.grant ?? null,
    connectionId: asked.connection ?? null,
  })
  const app = await openApp(deps, chosen.appId)
  requireComplete(app, chosen.grant)
  const scopes = chooseScopes({
    catalogue: deps.providers.get(app.provider).scopes(app, chosen.grant),
    appScopes: app.scopes,
    picked: asked.scopes ?? null,
    before: chosen.reconnect?.requestedScopes ?? null,
  })
  switch (chosen.grant) {
    case 'oauth_code':
      return startCodeFlow(deps, user, app, chosen, scopes)
    case 's2s':
    case 'plugin_install':
      return startInstallFlow(deps, user, app, chosen, scopes)
    case 'client_credentials': {
      const flow = newFlow(deps, user, app, chosen, scopes, flowLifeMs)
      await writeFlow(deps, user, app, chosen, flow)
      return mintApplication(deps, user, app, flow)
    }
  }
}

/** A flow's columns as they are first written. */
type FlowColumns = ReturnType<typeof newFlow> & {
  stateHash?: string
  cookieHash?: string
  verifierSealed?: string
  redirectUri?: string
  sentUrl?: string | null
}

async function startCodeFlow(
  deps: Deps,
  user: UserActor,
  app: OpenApp,
  chosen: ChosenApp,
  scopes: string[],
): Promise<StartOutcome> {
  const flow = newFlow(deps, user, app, chosen, scopes, flowLifeMs)
  const state = makeState(deps.random.bytes(32))
  const cookie = newFlowCookie(deps)
  const verifier = makeCodeVerifier(deps.random.bytes(32))
  const returnTo = redirectUri(deps.config, app.provider)
  const url = deps.providers.get(app.provider).authorizeUrl(app, {
    redirectUri: returnTo,
    state: state.reveal(),
    codeChallenge: await codeChallenge(verifier),
    scopes,
  })
  await writeFlow(deps, user, app, chosen, {
    ...flow,
    stateHash: hashState(state),
    cookieHash: hashState(cookie),
    verifierSealed: sealFlowSecret(deps, flow.id, 'verifier_sealed', verifier),
    redirectUri: returnTo,
    sentUrl: withoutFlowSecrets(url),
  })
  return {
    kind: 'redirect',
    url,
    cookie: {
      name: flowCookieName(deps.config, flow.id),
      value: cookie.reveal(),
      maxAgeS: flowLifeMs / 1000,
    },
    flowId: flow.id,
  }
}

async function startInstallFlow(
  deps: Deps,
  user: UserActor,
  app: OpenApp,
  chosen: ChosenApp,
  scopes: string[],
): Promise<StartOutcome> {
  const installUrl = app.installUrl === null ? null : new URL(app.installUrl)
  const flow = newFlow(deps, user, app, chosen, scopes, installFlowLifeMs)
  await writeFlow(deps, user, app, chosen, { ...flow, sentUrl: installUrl?.href ?? null })
  return { kind: 'wait', flowId: flow.id, installUrl }
}

function newFlow(
  deps: Deps,
  user: UserActor,
  app: OpenApp,
  chosen: ChosenApp,
  scopes: string[],
  lifeMs: number,
) {
  const createdAt = deps.clock.now()
  return {
    id: newId('flow', createdAt.getTime(), deps.random.bytes(10)),
    provider: app.provider,
    appId: app.id,
    grantKind: chosen.grant,
    userId: user.id,
    connectionId: chosen.reconnect?.id ?? null,
    scopes,
    createdAt,
    expiresAt: new Date(createdAt.getTime() + lifeMs),
  }
}

async function writeFlow(
  deps: Deps,
  user: UserActor,
  app: OpenApp,
  { reconnect }: ChosenApp,
  flow: FlowColumns,
): Promise<void> {
  await deps.db.$transaction(async (tx) => {
    await tx.connectFlow.create({ data: flow, select: { id: true } })
    await writeAudit(tx, deps, user, {
      action: reconnect ? 'flow.reconnect_started' : 'flow.connect_started',
      subject: { kind: 'flow', id: flow.id, name: reconnect?.name ?? app.name },
      connectionId: reconnect?.id ?? null,
      detail: { app: app.name, grant: flow.grantKind, scopes: flow.scopes },
    })
  })
  await deps.events.publish({ topic: 'flow', id: flow.id })
}

/** What is kept to compare at the provider: the address as sent, without what belongs to this one flow. */
function withoutFlowSecrets(url: URL): string {
  const kept = new URL(url)
  for (const name of ['state', 'code_challenge', 'nonce']) kept.searchParams.delete(name)
  return kept.href
}
