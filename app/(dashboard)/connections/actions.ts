'use server'

import { revalidatePath } from 'next/cache'
import { runAction } from '@/app/run-action'
import { lengthWords } from '@/components/data/time-words'
import type { ActionState } from '@/components/forms/action-state'
import { PatchbayError } from '@/lib/core/errors'
import {
  acceptInstall,
  type CheckResult,
  checkAgain,
  deps,
  disconnectConnection,
  type RotationResult,
  refreshNow,
  refuseInstall,
  renameConnection,
  setSso,
} from '@/lib/server'

/** "Refresh now": field `connection`. */
export async function refreshConnection(_previous: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async (actor) =>
    rotationWords(await refreshNow(deps(), actor, { connectionId: field(form, 'connection') })),
  )
}

/** "Check again": field `connection`. */
export async function checkConnection(_previous: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async (actor) =>
    checkWords(await checkAgain(deps(), actor, { connectionId: field(form, 'connection') })),
  )
}

/** Field `connection`. The receipt stays on the connection's page. */
export async function disconnect(_previous: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async (actor) => {
    const receipt = await disconnectConnection(deps(), actor, { connectionId: field(form, 'connection') })
    return `Disconnected. ${receipt.detail}`
  })
}

/** Fields `connection`, `label`; a blank label shows the account's own name again. */
export async function rename(_previous: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async (actor) => {
    const label = field(form, 'label').trim()
    if (label.length > 120)
      throw new PatchbayError('invalid_input', 'A name has at most 120 characters.', { field: 'label' })
    await renameConnection(deps(), actor, { connectionId: field(form, 'connection'), label: label || null })
    return label ? 'Renamed.' : 'The account’s own name is shown again.'
  })
}

/** Fields `connection`, `enabled` (`on` or nothing). */
export async function allowSso(_previous: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async (actor) => {
    const enabled = field(form, 'enabled') === 'on'
    await setSso(deps(), actor, { connectionId: field(form, 'connection'), enabled })
    return enabled ? '“Open in Outstand” is switched on.' : '“Open in Outstand” is switched off.'
  })
}

/** Field `install`. */
export async function acceptPending(_previous: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async (actor) => {
    await acceptInstall(deps(), actor, { installId: field(form, 'install') })
    return 'Accepted: its token is kept alive from now on.'
  })
}

/** Field `install`. */
export async function refusePending(_previous: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async (actor) => {
    await refuseInstall(deps(), actor, { installId: field(form, 'install') })
    return 'Refused: its token is erased.'
  })
}

function field(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

function checkWords(result: CheckResult): string {
  switch (result.kind) {
    case 'alive':
      return 'The provider takes the token: the connection works.'
    case 'unclear':
      return told('provider_unreachable', `The check brought no answer. ${result.words}`)
    default:
      return rotationWords(result)
  }
}

/** @throws PatchbayError where the token was not renewed, in words for the person who asked */
function rotationWords(result: RotationResult): string {
  switch (result.kind) {
    case 'renewed':
      return 'The token was renewed.'
    case 'throttled': {
      const waitMs = Math.max(1_000, result.retryAt.getTime() - deps().clock.now().getTime())
      return told(
        'mint_throttled',
        `The provider allows the next token in ${lengthWords(waitMs)}. Nothing was sent.`,
      )
    }
    case 'busy':
      return told(
        'rotation_timeout',
        'Another renewal of this token is still running. Look again in a minute.',
      )
    case 'put_off':
    case 'not_possible':
      return told(result.code, result.words)
    case 'failed':
      return told('provider_refused', `The token was not renewed. ${result.words}`)
  }
}

/** A refusal changes the connection too, so the page is read again with it. */
function told(code: PatchbayError['code'], words: string): never {
  revalidatePath('/connections', 'layout')
  throw new PatchbayError(code, words)
}
