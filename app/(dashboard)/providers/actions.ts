'use server'

import { redirect } from 'next/navigation'
import { runAction } from '@/app/run-action'
import type { ActionState } from '@/components/forms/action-state'
import { grantKindSchema } from '@/lib/core/provider'
import { parseScopes } from '@/lib/core/scopes'
import {
  checkApp,
  createApp,
  deps,
  generateKeyPair,
  importPrivateKey,
  removeApp,
  replaceSecret,
  updateApp,
} from '@/lib/server'

type Input<Verb extends (...args: never[]) => unknown> = Parameters<Verb>[2]

export async function createAppAction(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async (actor) => {
    const baseUrl = text(form, 'baseUrl').trim()
    // The verb parses: a value that is none of its own is refused there, in words.
    const input = {
      provider: text(form, 'provider'),
      environment: text(form, 'environment'),
      name: text(form, 'name'),
      grants: grantsOf(form),
      baseUrl: baseUrl || null,
    } as Input<typeof createApp>
    const { appId } = await createApp(deps(), actor, input)
    redirect(`/providers/${appId}`)
  })
}

/** Saves the fields that its form holds and leaves the others as they are. */
export async function saveFieldsAction(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async (actor) => {
    const plain = ['name', 'clientId', 's2sGuid', 'owningOrgId', 'owningOrgName', 'baseUrl'] as const
    const change: Input<typeof updateApp> = { appId: text(form, 'appId') }
    for (const name of plain) if (form.has(name)) change[name] = text(form, name)
    if (form.has('installUrl')) change.installUrl = text(form, 'installUrl').trim() || null
    if (form.has('agreedLimit')) change.agreedLimit = limitOf(form)
    if (form.has('grantsOffered')) change.grants = grantsOf(form)
    await updateApp(deps(), actor, change)
    return 'Saved.'
  })
}

export async function saveScopesAction(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async (actor) => {
    const ticked = form.getAll('scope').map(String)
    const scopes = [...ticked, ...parseScopes(text(form, 'others'))]
    await updateApp(deps(), actor, { appId: text(form, 'appId'), scopes })
    return 'Scopes saved. Connections that exist keep theirs until Reconnect.'
  })
}

export async function replaceSecretAction(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async (actor) => {
    const input = {
      appId: text(form, 'appId'),
      field: text(form, 'field'),
      value: text(form, text(form, 'field')),
      evenIfRefused: form.has('evenIfRefused'),
    } as Input<typeof replaceSecret>
    const { check } = await replaceSecret(deps(), actor, input)
    return check ? `Stored. ${check.words}` : 'Stored.'
  })
}

export async function eraseSecretAction(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async (actor) => {
    const input = { appId: text(form, 'appId'), field: text(form, 'field'), value: '' }
    await replaceSecret(deps(), actor, input as Input<typeof replaceSecret>)
    return 'Erased.'
  })
}

export async function generateKeyPairAction(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async (actor) => {
    const replaces = form.has('replaces') ? text(form, 'replaces') : null
    await generateKeyPair(deps(), actor, { appId: text(form, 'appId'), replaces })
    return 'Key pair made. Paste the public key into your app at Outreach.'
  })
}

export async function importPrivateKeyAction(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async (actor) => {
    const { check } = await importPrivateKey(deps(), actor, {
      appId: text(form, 'appId'),
      privateKey: text(form, 'privateKey'),
      evenIfRefused: form.has('evenIfRefused'),
    })
    return check ? `Key stored. ${check.words}` : 'Key stored.'
  })
}

export async function checkAppAction(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async (actor) => {
    const check = await checkApp(deps(), actor, { appId: text(form, 'appId') })
    return `Checked. ${check.words}`
  })
}

export async function removeAppAction(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async (actor) => {
    await removeApp(deps(), actor, { appId: text(form, 'appId') })
    redirect('/providers')
  })
}

function text(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

function grantsOf(form: FormData) {
  return form.getAll('grant').flatMap((value) => {
    const grant = grantKindSchema.safeParse(value)
    return grant.success ? [grant.data] : []
  })
}

/** Both numbers, or none: an empty one is no number, which the verb refuses in words. */
function limitOf(form: FormData): { limit: number; windowS: number } | null {
  const [limit, windowS] = [text(form, 'agreedLimit').trim(), text(form, 'agreedWindowS').trim()]
  if (limit === '' && windowS === '') return null
  return {
    limit: limit === '' ? Number.NaN : Number(limit),
    windowS: windowS === '' ? Number.NaN : Number(windowS),
  }
}
