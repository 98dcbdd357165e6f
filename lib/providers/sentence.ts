/** A provider's words with a full stop, so that a sentence of ours can follow. */
export function sentence(words: string): string {
  return /[.!?…]$/.test(words.trim()) ? words.trim() : `${words.trim()}.`
}
