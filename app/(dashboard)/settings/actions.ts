'use server'

import { runAction } from '@/app/run-action'
import type { ActionState } from '@/components/forms/action-state'
import { PatchbayError } from '@/lib/core/errors'
import {
  addPerson,
  changeOwnPassword,
  changeRole,
  deps,
  disablePerson,
  enablePerson,
  endSession,
} from '@/lib/server'

export async function addPersonAction(_previous: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async (actor) => {
    await addPerson(deps(), actor, Object.fromEntries(form))
    return `${form.get('name')} can sign in now. Hand over the password.`
  })
}

export async function changeRoleAction(_previous: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async (actor) => {
    await changeRole(deps(), actor, { userId: form.get('userId'), role: form.get('role') })
    return 'Role changed.'
  })
}

export async function disablePersonAction(_previous: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async (actor) => {
    const { sessionsEnded } = await disablePerson(deps(), actor, { userId: form.get('userId') })
    return `Account disabled, ${countWords(sessionsEnded)} ended.`
  })
}

export async function enablePersonAction(_previous: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async (actor) => {
    await enablePerson(deps(), actor, { userId: form.get('userId') })
    return 'Account enabled.'
  })
}

export async function endSessionAction(_previous: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async (actor) => {
    await endSession(deps(), actor, { sessionId: form.get('sessionId') })
    return 'Session ended.'
  })
}

export async function changePasswordAction(_previous: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async (actor) => {
    if (form.get('password') !== form.get('passwordAgain')) {
      throw new PatchbayError('invalid_input', 'The two new passwords differ.', { field: 'passwordAgain' })
    }
    const { sessionsEnded } = await changeOwnPassword(deps(), actor, Object.fromEntries(form))
    return sessionsEnded === 0
      ? 'Password changed.'
      : `Password changed, ${countWords(sessionsEnded)} elsewhere ended.`
  })
}

function countWords(count: number): string {
  return count === 1 ? '1 session' : `${count} sessions`
}
