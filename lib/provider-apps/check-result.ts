import type { AppCheck } from '../providers/contract'

const kinds = ['ok', 'wrong_credentials', 'unreachable', 'unclear'] as const

/** The last check as its column holds it: `ok: Client id and secret: accepted.` */
export function formatCheck({ kind, words }: AppCheck): string {
  return `${kind}: ${words}`
}

/** @returns `null` for a text that `formatCheck` did not write */
export function parseCheck(text: string | null): AppCheck | null {
  const kind = kinds.find((known) => text?.startsWith(`${known}: `))
  return kind && text ? { kind, words: text.slice(kind.length + 2) } : null
}
