import { Secret } from '../../core/secret'
import { readAnswerBody } from '../../http/answer-body'
import { parseIsoInstant } from '../../http/instant'
import { incomplete } from '../app-credentials'
import { pathSegment } from '../base-url'
import type { AccountIdentity, CallContext, OpenApp, TokenOutcome } from '../contract'
import { checkedApiUrl } from './api-link'
import { callInstall } from './install-call'
import { classifyInstallFailure } from './install-failure'
import { accessTokenAnswerSchema, includedName, orgApiLink } from './install-resource'

/** “The S2S token remains valid for one hour” (seed 000). */
export const s2sTtlMs = 60 * 60 * 1000
const toldMaxMs = 24 * s2sTtlMs

/**
 * Mints an S2S access token for an install (seed 000). A lost answer costs nothing: the mint is simply made again, so no
 * outcome of it is ambiguous.
 */
export async function mintS2s(
  context: CallContext,
  app: OpenApp,
  installId: string | null,
): Promise<TokenOutcome> {
  const segment = installId === null ? null : pathSegment(installId)
  if (segment === null) return { ...incomplete('install to mint a token for'), code: 'install_unknown' }
  const requestedAt = context.now()
  const call = await callInstall(context, app, { action: 'accessToken', segment, purpose: 'mint S2S token' })
  if (call.kind === 'app_fault') return call
  const { answer } = call
  if (answer.kind === 'answer' && answer.status >= 200 && answer.status < 300) {
    const body = readAnswerBody(answer.text)
    const parsed = body.kind === 'json' ? accessTokenAnswerSchema.safeParse(body.value) : null
    if (parsed?.success) return renewed(app, parsed.data, requestedAt)
  }
  const failure = classifyInstallFailure(answer, call.known, context.now())
  if (failure.kind === 'transient') return { ...failure, ambiguous: false }
  return { ...failure, kind: failure.kind === 'unusable' ? 'terminal' : failure.kind }
}

type Answer = ReturnType<typeof accessTokenAnswerSchema.parse>

function renewed(app: OpenApp, answer: Answer, requestedAt: Date): TokenOutcome {
  const { meta, relationships } = answer.data
  return {
    kind: 'renewed',
    tokens: {
      accessToken: Secret.of(meta.accessToken),
      refreshToken: null,
      accessExpiresAt: expiry(meta, requestedAt),
      refreshExpiresAt: null,
      scopes: null,
      account: relationships?.org ? orgAccount(app, answer, relationships.org) : {},
    },
  }
}

function orgAccount(
  app: OpenApp,
  answer: Answer,
  org: NonNullable<NonNullable<Answer['data']['relationships']>['org']>,
): Partial<AccountIdentity> {
  const { id } = org.data
  const name = includedName(answer, 'org', id)
  const link = orgApiLink(answer, org)
  const apiUrl = link === null ? null : checkedApiUrl(app, link)
  return {
    externalAccountId: id,
    externalOrgId: id,
    ...(name === null ? {} : { orgName: name, accountName: name }),
    ...(apiUrl === null ? {} : { apiUrl }),
  }
}

/** Fields for the expiry are not documented; one that is there and plausible is believed (providers.md 1.5). */
function expiry(meta: Answer['data']['meta'], requestedAt: Date): Date {
  const start = requestedAt.getTime()
  const told = meta.expiresAt ? parseIsoInstant(meta.expiresAt)?.getTime() : undefined
  const at = told ?? (meta.expiresIn ? start + meta.expiresIn * 1000 : start + s2sTtlMs)
  return new Date(at > start && at <= start + toldMaxMs ? at : start + s2sTtlMs)
}
