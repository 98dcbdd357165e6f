import type { ProviderId } from '../core/provider'

const segmentsMax = 8
const wordMax = 32
const unbrokenMax = 24
const version = /^v\d{1,2}$/i
/** Words in the spellings of API paths: `prospects`, `plugin-services`, `sequenceSteps`, `white_labels`. */
const words = /^[A-Za-z][a-z]*(?:[A-Z][a-z]+)*(?:[_-][A-Za-z][a-z]*(?:[A-Z][a-z]+)*)*$/
const id = '{id}'

/**
 * The route of a call: its path with everything replaced by `{id}` that does not read as a word of the API, so that neither ids nor
 * e-mail addresses nor tokens are kept. `/api/v2/prospects/7` becomes `/api/v2/prospects/{id}`.
 *
 * @param path as it was called; a query is left out
 */
export function routeOf(provider: ProviderId, path: string): string {
  const segments = (/^[^?#]*/.exec(path)?.[0] ?? '').split('/').filter((segment) => segment !== '')
  const shown = segments
    .slice(0, segmentsMax)
    .map((segment, index) => place(provider, segment, segments[index - 1] ?? ''))
  if (segments.length > segmentsMax) shown.push('{more}')
  return `/${shown.join('/')}`
}

function place(provider: ProviderId, segment: string, before: string): string {
  const suffix = segment.endsWith('.json') ? '.json' : ''
  const name = suffix ? segment.slice(0, -suffix.length) : segment
  // Outstand names users by their user names, and white labels by a token (providers.md 3.2).
  const isNamed = provider === 'outstand' && (before === 'users' || before === 'white_labels')
  return isNamed || !isWord(name) ? `${id}${suffix}` : segment
}

function isWord(name: string): boolean {
  if (version.test(name)) return true
  if (name.length > wordMax || !words.test(name)) return false
  return name.split(/[_-]|(?=[A-Z])/).every((part) => part.length <= unbrokenMax)
}
