import type { Secret } from '../../core/secret'
import { readAnswerBody } from '../../http/answer-body'
import { parseIsoInstant } from '../../http/instant'
import { pathSegment } from '../base-url'
import type { CallContext, FailureWords, OpenApp } from '../contract'
import { checkedApiUrl } from './api-link'
import { callInstall } from './install-call'
import { classifyInstallFailure } from './install-failure'
import { type InstallAnswer, includedName, installAnswerSchema, orgApiLink } from './install-resource'

export type SetupInstall = {
  installId: string
  orgId: string
  /** Names where Outreach included them. */
  orgName: string | null
  appName: string | null
  /** The org's own API link, on an allowed host; `null`: the app's base URL is used. */
  apiUrl: string | null
  installedAt: Date | null
}

export type SetupTokenOutcome =
  | { kind: 'valid'; install: SetupInstall }
  /** For good: this token value never becomes valid for this app. */
  | ({ kind: 'refused' } & FailureWords & {
        code: 'setup_token_invalid' | 'setup_token_foreign' | 'provider_answer_invalid'
      })
  | ({ kind: 'suspended' } & FailureWords)
  | ({ kind: 'app_fault' } & FailureWords)
  | ({ kind: 'transient'; retryAfterMs: number | null } & FailureWords)

/** Whether a text can be a setup token at all: nothing else is worth a call. Its real form is not documented. */
export function isSetupTokenShape(text: string): boolean {
  return /^[A-Za-z0-9._~+/=-]{6,2048}$/.test(text) && pathSegment(text) !== null
}

/**
 * Asks Outreach whose install a setup token stands for (seed 000, “Get installation information”). The token arrives in an
 * address that anybody can call, so the answer is believed only when it names an install of *our* app in an org.
 */
export async function validateSetupToken(
  context: CallContext,
  app: OpenApp,
  setupToken: Secret,
): Promise<SetupTokenOutcome> {
  const text = setupToken.reveal()
  const segment = isSetupTokenShape(text) ? pathSegment(text) : null
  if (segment === null) return refusal('setup_token_invalid', 'This is not a setup token.', null)
  const call = await callInstall(context, app, {
    action: 'setupToken',
    segment,
    query: { include: 'app,org' },
    purpose: 'validate setup token',
  })
  if (call.kind === 'app_fault') return call
  const { answer } = call
  const known = [...call.known, setupToken]
  if (answer.kind === 'answer' && answer.status >= 200 && answer.status < 300) {
    const body = readAnswerBody(answer.text)
    if (body.kind === 'json') return readInstall(app, body.value, answer.status)
  }
  const failure = classifyInstallFailure(answer, known, context.now())
  if (failure.kind === 'unusable') return refusal('setup_token_invalid', failure.words, failure.status)
  // A bad request can only be about the one thing that varies.
  if (failure.kind === 'transient' && failure.status === 400)
    return refusal('setup_token_invalid', failure.words, failure.status)
  return failure
}

function readInstall(app: OpenApp, json: unknown, status: number): SetupTokenOutcome {
  const parsed = installAnswerSchema.safeParse(json)
  if (!parsed.success || parsed.data.data.type !== 'install')
    return refusal(
      'provider_answer_invalid',
      'Outreach’s answer does not name an install with its app and org.',
      status,
    )
  const answer = parsed.data
  const { app: appRelation, org } = answer.data.relationships
  if (appRelation.data.type !== 'app' || org.data.type !== 'org')
    return refusal('provider_answer_invalid', 'Outreach’s answer does not name an app and an org.', status)
  if (!isSame(appRelation.data.id, app.s2sGuid))
    return refusal('setup_token_foreign', 'This setup token belongs to another app.', status)
  return { kind: 'valid', install: toInstall(app, answer) }
}

function toInstall(app: OpenApp, answer: InstallAnswer): SetupInstall {
  const { id, attributes, relationships } = answer.data
  const link = orgApiLink(answer, relationships.org)
  return {
    installId: id,
    orgId: relationships.org.data.id,
    orgName: includedName(answer, 'org', relationships.org.data.id),
    appName: includedName(answer, 'app', relationships.app.data.id),
    apiUrl: link === null ? null : checkedApiUrl(app, link),
    installedAt: attributes?.installedAt ? parseIsoInstant(attributes.installedAt) : null,
  }
}

/** GUIDs are compared without case: their letters are hex digits. */
function isSame(id: string, guid: string | null): boolean {
  return guid !== null && id.toLowerCase() === guid.trim().toLowerCase()
}

function refusal(
  code: 'setup_token_invalid' | 'setup_token_foreign' | 'provider_answer_invalid',
  words: string,
  status: number | null,
): SetupTokenOutcome {
  return { kind: 'refused', code, words, status }
}
