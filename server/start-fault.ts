const brand = Symbol.for('patchbay.start-fault')

/** Why the start cannot go on, in words for the person at the terminal; no stack is shown. */
export class StartFault extends Error {
  readonly [brand] = true

  constructor(
    message: string,
    /** One line for each thing to change. */
    readonly lines: readonly string[] = [],
    options?: { cause?: unknown },
  ) {
    super(message, options)
  }
}

export function isStartFault(value: unknown): value is StartFault {
  return typeof value === 'object' && value !== null && brand in value
}
