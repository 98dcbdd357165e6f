import { readTokenCall } from '../oauth/read-token-call'
import type { FailureRules } from '../oauth/token-failure'
import {
  type ClientCredentials,
  codeParameters,
  refreshParameters,
  secretsOf,
  type TokenEncoding,
  type TokenParameters,
  tokenBody,
} from '../oauth/token-request'
import { clientCredentials, incomplete } from './app-credentials'
import { appOrigins } from './app-origins'
import type { AccountIdentity, CallContext, OpenApp, Provider, TokenOutcome } from './contract'

/** How a provider's token endpoint is spoken to, and how its refusals are read. */
export type TokenDialect = {
  providerName: string
  url(app: OpenApp): URL
  encoding: TokenEncoding
  rules: FailureRules
  /** Reads who the tokens belong to from the whole answer. */
  account?(json: unknown): Partial<AccountIdentity>
}

/** The token calls of one provider: each is built, sent once and read. An app without credentials is not called. */
export type TokenCalls = Pick<Provider, 'exchangeCode' | 'refresh'> & {
  /** A grant that may be asked for again at any time: a lost answer costs nothing. */
  mint(context: CallContext, app: OpenApp, grant: MintGrant): Promise<TokenOutcome>
}

export type MintGrant = {
  parameters(client: ClientCredentials): TokenParameters
  /** What the call is for, in the log. */
  purpose: string
}

export function createTokenCalls(dialect: TokenDialect): TokenCalls {
  const { providerName, rules } = dialect
  return {
    exchangeCode: (context, app, request) =>
      call(dialect, context, app, {
        parameters: (client) => codeParameters(client, request),
        rules,
        purpose: `exchange ${providerName} code`,
      }),
    refresh: (context, app, { refreshToken }) =>
      call(dialect, context, app, {
        parameters: (client) => refreshParameters(client, refreshToken),
        rules,
        purpose: `refresh ${providerName} token`,
      }),
    mint: (context, app, grant) =>
      call(dialect, context, app, { ...grant, rules: { ...rules, spendsGrant: false } }),
  }
}

async function call(
  dialect: TokenDialect,
  context: CallContext,
  app: OpenApp,
  { parameters: parametersFor, rules, purpose }: MintGrant & { rules: FailureRules },
): Promise<TokenOutcome> {
  const client = clientCredentials(app)
  if (client === null) return incomplete('client id and secret')
  const parameters = parametersFor(client)
  const requestedAt = context.now()
  const answer = await context.http.send({
    method: 'POST',
    url: dialect.url(app),
    allowedOrigins: appOrigins(app),
    body: tokenBody(dialect.encoding, parameters),
    timeoutMs: context.timeoutMs,
    purpose,
  })
  const result = readTokenCall(answer, rules, {
    requestedAt,
    now: context.now(),
    known: secretsOf(parameters),
  })
  if (result.kind !== 'tokens') return result
  return { kind: 'renewed', tokens: { ...result.tokens, account: dialect.account?.(result.json) ?? {} } }
}
