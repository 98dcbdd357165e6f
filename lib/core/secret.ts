/**
 * A value that must be opened by name. Printed, logged, serialised or interpolated it reads `[redacted]`.
 *
 * Next evaluates lib/ more than once per process, so recognition goes by brand, never by `instanceof`.
 */
const brand = Symbol.for('patchbay.secret')
const inspect = Symbol.for('nodejs.util.inspect.custom')
const printed = '[redacted]'

export class Secret {
  readonly [brand] = true
  readonly #value: string

  private constructor(value: string) {
    this.#value = value
  }

  static of(value: string): Secret {
    return new Secret(value)
  }

  /** The clear text: for the one call that sends, seals or hashes it. */
  reveal(): string {
    return this.#value
  }

  toString(): string {
    return printed
  }

  toJSON(): string {
    return printed
  }

  [inspect](): string {
    return printed
  }
}

export function isSecret(value: unknown): value is Secret {
  return typeof value === 'object' && value !== null && brand in value
}
