import { z } from 'zod'
import type { Secret } from '../../core/secret'
import { readAnswerBody } from '../../http/answer-body'
import { answerWords, callApi, readProbe } from '../api-call'
import { appOrigins } from '../app-origins'
import type { AccountIdentity, CallContext, IdentifyOutcome, OpenApp, ProbeOutcome } from '../contract'
import { apiEndpoint } from './endpoints'
import { wireId } from './wire-id'

const name = z.string().trim().min(1).max(300).nullish().catch(null)

/** `/v1/companies`, a list as all of v1 (providers.md 2.10); its fields are not described. */
const companiesSchema = z.object({
  data: z.array(z.object({ id: wireId, name, attributes: z.object({ name }).nullish().catch(null) })),
})

type Company = { id: string; name: string | null }

/**
 * Who a token belongs to: the company of the token answer (seed 003), with its name where the scope `companies.read` allows
 * to ask for it.
 */
export async function identifyEnvoy(
  context: CallContext,
  app: OpenApp,
  request: { accessToken: Secret; account: Partial<AccountIdentity> },
): Promise<IdentifyOutcome> {
  const { account } = request
  const url = apiEndpoint(app, 'v1/companies')
  const answer = await callApi(context, {
    url,
    allowedOrigins: appOrigins(app),
    accessToken: request.accessToken,
    pathTemplate: '/v1/companies',
    purpose: 'identify Envoy account',
  })
  const failure = answerWords(answer, [request.accessToken])
  if (answer.kind === 'answer' && answer.status === 401) return { kind: 'dead', ...failure }
  const companies = answer.kind === 'answer' && answer.status === 200 ? readCompanies(answer.text) : []
  const id = account.externalAccountId ?? (companies.length === 1 ? companies[0]?.id : undefined)
  if (!id) return { kind: 'unknown', ...failure }
  const told = companies.find((company) => company.id === id)?.name ?? account.orgName ?? null
  return {
    kind: 'identified',
    identity: {
      externalAccountId: id,
      accountName: told ?? account.accountName ?? `Envoy company ${id}`,
      accountEmail: account.accountEmail ?? null,
      externalOrgId: id,
      orgName: told,
      apiUrl: null,
      // Envoy's answers never name scopes.
      scopes: null,
    },
  }
}

/** Proves life with one location of the list; a 403 proves it too (providers.md 2.10). */
export async function probeEnvoy(
  context: CallContext,
  app: OpenApp,
  accessToken: Secret,
): Promise<ProbeOutcome> {
  const url = apiEndpoint(app, 'v1/locations')
  url.searchParams.set('perPage', '1')
  const answer = await callApi(context, {
    url,
    allowedOrigins: appOrigins(app),
    accessToken,
    pathTemplate: '/v1/locations',
    purpose: 'probe Envoy token',
  })
  return readProbe(answer, accessToken)
}

function readCompanies(text: string): Company[] {
  const body = readAnswerBody(text)
  const parsed = body.kind === 'json' ? companiesSchema.safeParse(body.value) : null
  if (!parsed?.success) return []
  return parsed.data.data.map((one) => ({ id: one.id, name: one.name ?? one.attributes?.name ?? null }))
}
