/**
 * What a server action tells its form. `fields` are errors by field name; `message` is for the whole form; `signInHref` is there when
 * the session has ended, and leads back to the page.
 */
export type ActionState =
  | { kind: 'idle' }
  | { kind: 'done'; message: string | null }
  | { kind: 'failed'; message: string; fields: Readonly<Record<string, string>>; signInHref?: string }

/** The shape `useActionState` wants of an action. */
export type FormAction = (previous: ActionState, form: FormData) => Promise<ActionState>

export const idle: ActionState = { kind: 'idle' }

export function fieldError(state: ActionState, name: string): string | null {
  return state.kind === 'failed' ? (state.fields[name] ?? null) : null
}
