/** One token call as the journal has it. */
export type RotationRow = {
  id: string
  kind: 'code' | 'refresh' | 'mint' | 'plugin_install' | 'client_credentials'
  /** Why: one of `rotationCauses` of lib/rotation/journal. */
  cause: string
  /** Of the pair that the call was to replace. */
  generation: number
  outcome: 'open' | 'renewed' | 'transient' | 'terminal' | 'app_fault' | 'uncertain' | 'discarded'
  failure: { code: string; words: string } | null
  startedAt: Date
  /** When it was answered. */
  endedAt: Date | null
}

export const rotationSelect = {
  id: true,
  kind: true,
  cause: true,
  generation: true,
  outcome: true,
  failureCode: true,
  failureWords: true,
  startedAt: true,
  endedAt: true,
} as const

type RotationColumns = Omit<RotationRow, 'failure'> & {
  failureCode: string | null
  failureWords: string | null
}

/**
 * As SQL: a call that brought no token. One without a usable answer keeps its row open until it is known what became of it, and
 * may end as discarded then; it has failed all the same.
 */
export const callFailed = `(outcome IN ('transient', 'terminal', 'app_fault', 'uncertain')
  OR outcome IN ('open', 'discarded') AND failure_code IS NOT NULL)`

/** Where a call ended when it was answered; others end when somebody has found out what became of them. */
const answered: readonly RotationRow['outcome'][] = ['renewed', 'transient', 'terminal', 'app_fault']

/** A row of the journal as people read it: a call that failed says so, and lasted until its answer or an unknown time. */
export function rotationRow({ failureCode, failureWords, ...row }: RotationColumns): RotationRow {
  const failure = failureCode === null ? null : { code: failureCode, words: failureWords ?? '' }
  const hasFailed = failure !== null && (row.outcome === 'open' || row.outcome === 'discarded')
  return {
    ...row,
    outcome: hasFailed ? 'transient' : row.outcome,
    endedAt: answered.includes(row.outcome) ? row.endedAt : null,
    failure,
  }
}
