import type { Deps } from '../deps'
import type { ApiAnswerFacts } from '../providers/contract'
import { bucketFacts, type CountedConnection } from './bucket-facts'

/** Counts the API calls that Patchbay made for itself, as `callContext` collected them. They have asked nobody. */
export function recordAnswers(
  deps: Pick<Deps, 'permits'>,
  connection: CountedConnection,
  answers: readonly ApiAnswerFacts[],
): void {
  const facts = bucketFacts(connection)
  for (const answer of answers) deps.permits.record(facts, answer)
}
