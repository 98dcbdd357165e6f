import { isHtml } from './redact'

/** What the body of an answer turned out to be, whatever its content type claims. */
export type AnswerBody = { kind: 'json'; value: unknown } | { kind: 'html' | 'text' | 'empty' }

/** Reads a body as JSON where it is JSON; providers answer HTML and plain text where JSON is expected. */
export function readAnswerBody(text: string): AnswerBody {
  const trimmed = text.trim()
  if (trimmed === '') return { kind: 'empty' }
  if (isHtml(trimmed)) return { kind: 'html' }
  try {
    return { kind: 'json', value: JSON.parse(trimmed) }
  } catch {
    return { kind: 'text' }
  }
}
