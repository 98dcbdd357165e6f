import { z } from 'zod'
import type { Secret } from '../core/secret'
import { readAnswerBody } from '../http/answer-body'
import { providerWords } from '../http/redact'

/** RFC 6749, 5.2, and Outreach's gateway with its `description` (providers.md 1.2). */
const oauthShape = z.object({
  error: z.string(),
  error_description: z.string().nullish().catch(null),
  description: z.string().nullish().catch(null),
  message: z.string().nullish().catch(null),
})

/** JSON:API errors; one of Outreach's has `details` instead of `detail` (providers.md 1.2). */
const jsonApiShape = z.object({
  errors: z
    .array(
      z.object({
        id: z.string().nullish().catch(null),
        code: z.string().nullish().catch(null),
        title: z.string().nullish().catch(null),
        detail: z.string().nullish().catch(null),
        details: z.string().nullish().catch(null),
      }),
    )
    .min(1),
})

const messageShape = z.object({ message: z.string() })

export type ProviderError = {
  format: 'json' | 'html' | 'text' | 'empty'
  /** The provider's own code, short and plain; `null` when it gave none. */
  code: string | null
  /** One sentence fit for a page; empty when the provider said nothing. */
  words: string
}

/**
 * Reads what a provider says about a failure, in whichever shape it says it.
 *
 * @param known secrets sent with the call, taken out of the words
 */
export function readProviderError(text: string, known: readonly Secret[]): ProviderError {
  const body = readAnswerBody(text)
  if (body.kind !== 'json') return { format: body.kind, code: null, words: providerWords(text, known) }
  const told = read(body.value)
  if (told === null) return { format: 'json', code: null, words: providerWords(text, known) }
  return {
    format: 'json',
    code: told.code === null ? null : plainCode(told.code),
    words: providerWords(told.words, known),
  }
}

function read(value: unknown): { code: string | null; words: string } | null {
  const oauth = oauthShape.safeParse(value)
  if (oauth.success) {
    const { error, error_description, description, message } = oauth.data
    return { code: error, words: error_description ?? description ?? message ?? error }
  }
  const jsonApi = jsonApiShape.safeParse(value)
  if (jsonApi.success) {
    const [first] = jsonApi.data.errors
    if (first) {
      const words = [first.title, first.detail ?? first.details].filter(Boolean).join(': ')
      const code = first.id ?? first.code ?? null
      return { code, words: words || (code ?? '') }
    }
  }
  const message = messageShape.safeParse(value)
  return message.success ? { code: null, words: message.data.message } : null
}

/** `subject not found` reads `subject_not_found`; a code with odd characters or length is none. */
function plainCode(text: string): string | null {
  const code = text
    .trim()
    .replace(/[.\s]+$/, '')
    .replace(/\s+/g, '_')
  return /^[\w.-]{1,40}$/.test(code) ? code : null
}
