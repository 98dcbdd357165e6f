import type { Secret } from '../../core/secret'
import { readAnswerBody } from '../../http/answer-body'
import { answerWords, callApi } from '../api-call'
import type { AccountIdentity, CallContext, IdentifyOutcome, OpenApp } from '../contract'
import { apiHost } from './api-host'
import { type ApiRoot, apiRootSchema } from './api-root'
import { apiRoot, jsonApi } from './endpoints'

export type IdentifyRequest = {
  accessToken: Secret
  apiUrl: string | null
  account: Partial<AccountIdentity>
}

/** Who a user's token belongs to, in one call of the API root: org, user and live scopes (providers.md 1.4). */
export async function identifyUser(
  context: CallContext,
  app: OpenApp,
  request: IdentifyRequest,
): Promise<IdentifyOutcome> {
  const read = await readRoot(context, app, request)
  if ('kind' in read) return read
  const user = read.root.meta?.user
  if (!user) {
    const words = 'Outreach’s API root names no user.'
    return { kind: 'unknown', code: 'answer_invalid', words, status: 200 }
  }
  const fullName = [user.firstName, user.lastName].filter(Boolean).join(' ')
  return {
    kind: 'identified',
    identity: {
      externalAccountId: user.id,
      accountName: fullName || user.email || `Outreach user ${user.id}`,
      accountEmail: user.email || null,
      externalOrgId: read.root.data?.id ?? null,
      orgName: read.root.data?.attributes?.name || null,
      apiUrl: request.account.apiUrl ?? null,
      scopes: read.root.meta?.scopes ?? null,
    },
  }
}

/**
 * Who an S2S token belongs to: the org that the mint named, and no user. Whether the API root takes S2S tokens is not known
 * (providers.md 1.4), so its refusal proves nothing here; it is asked only for a name that is missing.
 */
export async function identifyOrg(
  context: CallContext,
  app: OpenApp,
  request: IdentifyRequest,
): Promise<IdentifyOutcome> {
  const { account } = request
  const orgId = account.externalOrgId ?? account.externalAccountId ?? null
  if (orgId && account.orgName)
    return { kind: 'identified', identity: orgIdentity(orgId, account.orgName, account) }
  const read = await readRoot(context, app, request)
  if ('kind' in read) {
    return orgId
      ? { kind: 'identified', identity: orgIdentity(orgId, null, account) }
      : { ...read, kind: 'unknown' }
  }
  const { data } = read.root
  // REST ids and install ids of an org need not be the same: the install's is kept, it names the account elsewhere too.
  const id = orgId ?? data?.id ?? null
  if (!id) {
    const words = 'Outreach named no organisation for this install.'
    return { kind: 'unknown', code: 'answer_invalid', words, status: 200 }
  }
  return { kind: 'identified', identity: orgIdentity(id, data?.attributes?.name || null, account) }
}

function orgIdentity(orgId: string, name: string | null, account: Partial<AccountIdentity>): AccountIdentity {
  return {
    externalAccountId: orgId,
    accountName: name ?? account.accountName ?? `Outreach organisation ${orgId}`,
    accountEmail: null,
    externalOrgId: orgId,
    orgName: name ?? account.orgName ?? null,
    apiUrl: account.apiUrl ?? null,
    scopes: null,
  }
}

async function readRoot(
  context: CallContext,
  app: OpenApp,
  { accessToken, apiUrl }: IdentifyRequest,
): Promise<{ root: ApiRoot } | Exclude<IdentifyOutcome, { kind: 'identified' }>> {
  const host = apiHost(app, apiUrl)
  const answer = await callApi(context, {
    url: apiRoot(app, host.apiUrl),
    allowedOrigins: host.origins,
    accessToken,
    headers: { accept: jsonApi, 'content-type': jsonApi },
    pathTemplate: '/api/v2',
    purpose: 'identify Outreach account',
  })
  if (answer.kind === 'answer' && answer.status === 200) {
    const body = readAnswerBody(answer.text)
    const parsed = body.kind === 'json' ? apiRootSchema.safeParse(body.value) : null
    if (parsed?.success) return { root: parsed.data }
  }
  const dead = answer.kind === 'answer' && answer.status === 401
  return { kind: dead ? 'dead' : 'unknown', ...answerWords(answer, [accessToken]) }
}
