import { z } from 'zod'
import type { GrantKind } from '../../core/provider'
import type { Secret } from '../../core/secret'
import { readAnswerBody } from '../../http/answer-body'
import { answerWords, callApi, readProbe } from '../api-call'
import { appOrigins } from '../app-origins'
import type { CallContext, IdentifyOutcome, OpenApp, ProbeOutcome } from '../contract'
import { bypassHeader } from './bypass-header'
import { profilesEndpoint, tokenInfoEndpoint } from './endpoints'
import { type TokenInfo, tokenInfoSchema } from './token-info'

/** A name is worth one call, not a wait. */
const profileTimeoutMs = 3000

const word = z.string().trim().min(1).max(300).nullish().catch(null)
/** `GET /profiles.json`: all profiles of the user, a bare array. */
const profilesSchema = z.array(z.object({ full_name: word, profile_name: word, email: word })).min(1)

/**
 * Who a token belongs to and what it may do, from token info. The two token families are kept apart: a user's token without a
 * user, or an application's with one, is not taken for what it is not (providers.md 3.1).
 */
export async function identifyOutstand(
  context: CallContext,
  app: OpenApp,
  request: { grant: GrantKind; accessToken: Secret },
): Promise<IdentifyOutcome> {
  const answer = await callTokenInfo(context, app, request.accessToken, 'identify Outstand account')
  const failure = answerWords(answer, [request.accessToken])
  if (answer.kind === 'answer' && answer.status === 401) return { kind: 'dead', ...failure }
  const info = answer.kind === 'answer' && answer.status === 200 ? readTokenInfo(answer.text) : null
  if (info === null) return { kind: 'unknown', ...failure }
  const isApplication = request.grant === 'client_credentials'
  if (isApplication !== (info.resourceOwnerId === null)) {
    const words = isApplication
      ? 'Outstand says that this token belongs to a user, not to the application.'
      : 'Outstand says that this token belongs to the application, not to a user.'
    return { kind: 'unknown', code: 'other_token_family', words, status: 200 }
  }
  return info.resourceOwnerId === null
    ? applicationIdentity(app, info)
    : userIdentity(context, app, request.accessToken, info.resourceOwnerId, info)
}

/** Token info answers any live token and none other (providers.md 4.5). */
export async function probeOutstand(
  context: CallContext,
  app: OpenApp,
  accessToken: Secret,
): Promise<ProbeOutcome> {
  return readProbe(await callTokenInfo(context, app, accessToken, 'probe Outstand token'), accessToken)
}

function callTokenInfo(context: CallContext, app: OpenApp, accessToken: Secret, purpose: string) {
  const url = tokenInfoEndpoint(app)
  return callApi(context, {
    url,
    allowedOrigins: appOrigins(app),
    accessToken,
    headers: bypassHeader(app, url),
    purpose,
  })
}

function readTokenInfo(text: string): TokenInfo | null {
  const body = readAnswerBody(text)
  const parsed = body.kind === 'json' ? tokenInfoSchema.safeParse(body.value) : null
  return parsed?.success ? parsed.data : null
}

function applicationIdentity(app: OpenApp, info: TokenInfo): IdentifyOutcome {
  const id = info.applicationUid ?? app.clientId
  if (!id)
    return { kind: 'unknown', code: 'answer_invalid', words: 'Outstand names no application.', status: 200 }
  return {
    kind: 'identified',
    identity: {
      externalAccountId: id,
      accountName: app.name,
      accountEmail: null,
      externalOrgId: null,
      orgName: null,
      apiUrl: null,
      scopes: info.scopes,
    },
  }
}

async function userIdentity(
  context: CallContext,
  app: OpenApp,
  accessToken: Secret,
  userId: string,
  info: TokenInfo,
): Promise<IdentifyOutcome> {
  const profile = await readProfile(context, app, accessToken)
  return {
    kind: 'identified',
    identity: {
      externalAccountId: userId,
      accountName: profile?.full_name ?? profile?.email ?? profile?.profile_name ?? `Outstand user ${userId}`,
      accountEmail: profile?.email ?? null,
      externalOrgId: null,
      orgName: null,
      apiUrl: null,
      scopes: info.scopes,
    },
  }
}

async function readProfile(context: CallContext, app: OpenApp, accessToken: Secret) {
  const url = profilesEndpoint(app)
  const answer = await callApi(
    { ...context, timeoutMs: Math.min(context.timeoutMs, profileTimeoutMs) },
    {
      url,
      allowedOrigins: appOrigins(app),
      accessToken,
      headers: bypassHeader(app, url),
      purpose: 'read Outstand profile',
    },
  )
  if (answer.kind !== 'answer' || answer.status !== 200) return null
  const body = readAnswerBody(answer.text)
  const parsed = body.kind === 'json' ? profilesSchema.safeParse(body.value) : null
  return parsed?.success ? (parsed.data[0] ?? null) : null
}
