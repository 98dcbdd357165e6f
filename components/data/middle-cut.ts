/**
 * Splits a text so that its end always stays visible while its beginning is cut: ids and URLs differ at both ends.
 *
 * @param tailMax characters that stay, at most half of the text
 */
export function middleCut(text: string, tailMax = 8): { head: string; tail: string } {
  const characters = [...text]
  const tail = Math.min(tailMax, Math.floor(characters.length / 2))
  return {
    head: characters.slice(0, characters.length - tail).join(''),
    tail: characters.slice(characters.length - tail).join(''),
  }
}
