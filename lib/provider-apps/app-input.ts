import { z } from 'zod'
import { isLoopback } from '../config/loopback'
import { PatchbayError } from '../core/errors'
import { type GrantKind, grantKindSchema, type ProviderId, providerNames } from '../core/provider'

/** What an admin enters about an app, field by field; a message completes the page's words beside its field. */
export const appFields = {
  appId: z.string().max(64),
  name: z.string().trim().min(1, 'Give the app a name.').max(80, 'At most 80 characters.'),
  grants: z.array(grantKindSchema).min(1, 'Choose at least one.').transform(unique),
  clientId: line(200),
  scopes: z.array(z.string()).max(500, 'At most 500 scopes.').transform(readScopes),
  s2sGuid: line(100),
  installUrl: webUrl().nullable(),
  owningOrgId: line(100),
  owningOrgName: line(120),
  baseUrl: webUrl(),
  agreedLimit: z
    .object({
      limit: z.int('A whole number of calls.').min(1, 'At least 1 call.').max(999_999_999),
      windowS: z.int('A whole number of seconds.').min(1, 'At least 1 second.').max(999_999),
    })
    .nullable(),
} as const

/**
 * A verb's input as its schema has it.
 *
 * @throws PatchbayError `invalid_input` with the field and what is wrong with it; never its value
 */
export function parseAppInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const field = String(issue?.path[0] ?? '')
  const words = issue && /^[A-Z]/.test(issue.message) ? issue.message : 'This is not right.'
  throw new PatchbayError('invalid_input', words, { field })
}

/** @throws PatchbayError `invalid_input` for a grant that the provider's apps cannot do, or two that exclude each other */
export function requireGrants(
  provider: ProviderId,
  possible: readonly GrantKind[],
  grants: readonly GrantKind[],
): void {
  const words = grants.some((grant) => !possible.includes(grant))
    ? `An app at ${providerNames[provider]} cannot do this kind of grant.`
    : provider === 'envoy' && grants.length > 1
      ? 'An app at Envoy is either installed as a plugin or authorised by OAuth: choose one.'
      : null
  if (words) throw new PatchbayError('invalid_input', words, { field: 'grants' })
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)]
}

/** One line without spaces at its ends; blank clears it. */
function line(max: number) {
  return z
    .string()
    .trim()
    .max(max, `At most ${max} characters.`)
    .regex(/^[^\p{Cc}]*$/u, 'It holds a line break or another control character.')
    .transform((text) => text || null)
    .nullable()
}

// RFC 6749, 3.3: a scope is printable ASCII without space, quote and backslash.
const scopeShape = /^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/

function readScopes(scopes: readonly string[], context: z.RefinementCtx): string[] {
  const wrong = scopes.find((scope) => !scopeShape.test(scope))
  if (wrong === undefined) return unique(scopes).sort()
  context.addIssue({ code: 'custom', message: 'One of the scopes holds characters that no scope has.' })
  return z.NEVER
}

function webUrl() {
  return z
    .string()
    .trim()
    .max(500, 'At most 500 characters.')
    .transform((text, context) => {
      const refuse = (message: string) => {
        context.addIssue({ code: 'custom', message })
        return z.NEVER
      }
      const url = URL.canParse(text) ? new URL(text) : null
      if (url === null || !/^https?:$/.test(url.protocol))
        return refuse('It must be a whole URL, such as https://app.example.com.')
      if (url.username !== '' || url.password !== '') return refuse('It must hold no user or password.')
      if (url.protocol === 'http:' && !isLoopback(url.hostname))
        return refuse('It must begin with https:// (plain http is for this machine only).')
      return url.href
    })
}
