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

export function rotationRow({ failureCode, failureWords, ...row }: RotationColumns): RotationRow {
  return { ...row, failure: failureCode === null ? null : { code: failureCode, words: failureWords ?? '' } }
}
