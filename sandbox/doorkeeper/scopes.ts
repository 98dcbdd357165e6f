/** Scopes of a parameter, separated by spaces; order kept, repetitions dropped. */
export function readScopes(value: string | undefined): string[] {
  return [...new Set((value ?? '').split(/\s+/).filter((scope) => scope !== ''))]
}

/** Whether two lists hold the same scopes in whatever order. */
export function sameScopes(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((scope) => b.includes(scope))
}
