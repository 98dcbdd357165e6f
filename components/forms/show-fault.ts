import { showToast } from '../ui/toast-store'
import type { ActionState } from './action-state'

/** Tells in a toast what went wrong, for buttons that have no place of their own for it. @param name whose button it was */
export function showFault(state: Extract<ActionState, { kind: 'failed' }>, name: string | null = null): void {
  const link = state.signInHref ? { href: state.signInHref, words: 'Sign in' } : null
  showToast(name === null ? state.message : `${name}: ${state.message}`, { kind: 'fault', link })
}
