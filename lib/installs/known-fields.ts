type Known<T> = { [K in keyof T]?: NonNullable<T[K]> }

/** The fields that have a value: what one message does not tell must not erase what another told. */
export function knownFields<T extends Record<string, unknown>>(fields: T): Known<T> {
  const known = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined)
  // `Object.fromEntries` forgets which fields they were.
  return Object.fromEntries(known) as Known<T>
}
