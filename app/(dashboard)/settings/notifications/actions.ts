'use server'

import { redirect } from 'next/navigation'
import { runAction } from '@/app/run-action'
import type { ActionState } from '@/components/forms/action-state'
import { PatchbayError } from '@/lib/core/errors'
import {
  addChannel,
  changeChannel,
  type DeliveryOutcome,
  deps,
  pauseChannel,
  removeChannel,
  replaceChannelSecret,
  resumeChannel,
  retryDelivery,
  sendTrial,
} from '@/lib/server'

const path = '/settings/notifications'

/** A signing secret on its one way to a page. */
export type ShownSecret = { channelId: string; secret: string }
export type SecretState = ActionState & { shown?: ShownSecret }

export async function addChannelAction(_: ActionState, form: FormData): Promise<SecretState> {
  return withSecret(async (show) =>
    runAction(async (actor) => {
      const { channelId, secret } = await addChannel(deps(), actor, channelInput(form))
      if (!secret) redirect(`${path}/${channelId}`)
      show({ channelId, secret: secret.reveal() })
      return 'Channel added.'
    }),
  )
}

export async function replaceSecretAction(_: ActionState, form: FormData): Promise<SecretState> {
  return withSecret(async (show) =>
    runAction(async (actor) => {
      const channelId = String(form.get('channelId'))
      const { secret } = await replaceChannelSecret(deps(), actor, { channelId })
      show({ channelId, secret: secret.reveal() })
      return 'Secret replaced.'
    }),
  )
}

async function withSecret(
  work: (show: (shown: ShownSecret) => void) => Promise<ActionState>,
): Promise<SecretState> {
  const shown: ShownSecret[] = []
  const state = await work((secret) => void shown.push(secret))
  const [secret] = shown
  return secret && state.kind === 'done' ? { ...state, shown: secret } : state
}

export async function changeChannelAction(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async (actor) => {
    await changeChannel(deps(), actor, { channelId: form.get('channelId'), ...channelInput(form) })
    return 'Saved.'
  })
}

export async function pauseChannelAction(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async (actor) => {
    const { givenUp } = await pauseChannel(deps(), actor, { channelId: form.get('channelId') })
    return givenUp === 0 ? 'Paused.' : `Paused. ${givenUp} that waited will not be sent.`
  })
}

export async function resumeChannelAction(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async (actor) => {
    await resumeChannel(deps(), actor, { channelId: form.get('channelId') })
    return 'Resumed. It is told of what happens from now on.'
  })
}

export async function removeChannelAction(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async (actor) => {
    await removeChannel(deps(), actor, { channelId: form.get('channelId') })
    redirect(path)
  })
}

export async function sendTestAction(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async (actor) => {
    const outcome = await sendTrial(deps(), actor, { channelId: form.get('channelId') })
    if (outcome.kind !== 'sent') throw new PatchbayError('provider_refused', failedWords(outcome))
    return ['Test message sent', outcome.status && `, answered ${outcome.status}`, '. ', outcome.words ?? '']
      .filter(Boolean)
      .join('')
      .trim()
  })
}

export async function retryDeliveryAction(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async (actor) => {
    await retryDelivery(deps(), actor, { deliveryId: form.get('deliveryId') })
    return 'It is tried again now.'
  })
}

function failedWords({ status, words }: Exclude<DeliveryOutcome, { kind: 'sent' }>): string {
  return status === null ? `Not delivered. ${words}` : `Not delivered, answered ${status}. ${words}`
}

/** What the form of a channel holds; the verb parses it. */
function channelInput(form: FormData) {
  const events = form.get('which') === 'some' ? form.getAll('event') : []
  if (form.get('which') === 'some' && events.length === 0) {
    throw new PatchbayError('invalid_input', 'Choose at least one event.', { field: 'events' })
  }
  return {
    kind: form.get('kind'),
    name: form.get('name'),
    url: form.get('url') ?? '',
    recipients: form.get('recipients') ?? '',
    events,
  }
}
