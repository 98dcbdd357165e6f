import { revalidatePath } from 'next/cache'
import { headers } from 'next/headers'
import { ZodError } from 'zod'
import type { ActionState } from '@/components/forms/action-state'
import type { UserActor } from '@/lib/core/actor'
import { isPatchbayError } from '@/lib/core/errors'
import { currentActor, deps, pagePathHeader, pageSignInPath } from '@/lib/server'

/**
 * Runs a server action for whoever is signed in and tells its form how it went. It is the one place where errors become words on
 * a page: expected ones speak for themselves, others show an id that stands in the log.
 *
 * @param work returns what to say when it went well, `null` for nothing
 */
export async function runAction(work: (actor: UserActor) => Promise<string | null>): Promise<ActionState> {
  let actor: UserActor | null
  try {
    actor = await currentActor()
  } catch (error) {
    return failedState(error)
  }
  if (!actor) {
    const signInHref = pageSignInPath((await headers()).get(pagePathHeader))
    return { ...failed('You are not signed in any more: nothing was changed.'), signInHref }
  }
  const signedIn = actor
  return runVisitorAction(async () => {
    const message = await work(signedIn)
    revalidatePath('/', 'layout')
    return message
  })
}

/** The same for an action that needs no sign-in. */
export async function runVisitorAction(work: () => Promise<string | null>): Promise<ActionState> {
  try {
    return { kind: 'done', message: await work() }
  } catch (error) {
    return failedState(error)
  }
}

function failedState(error: unknown): ActionState {
  // `redirect` and `notFound` of Next travel as errors.
  if (isNextSignal(error)) throw error
  if (error instanceof ZodError) return failed('Check the marked fields.', fieldErrors(error))
  if (isPatchbayError(error)) {
    const field = error.detail.field
    return failed(error.message, typeof field === 'string' ? { [field]: error.message } : {})
  }
  const id = Buffer.from(deps().random.bytes(6)).toString('hex')
  deps().log.error({ err: error, errorId: id }, 'an action failed')
  return failed(`Something went wrong on our side. The log has more under ${id}.`)
}

function failed(message: string, fields: Record<string, string> = {}) {
  return { kind: 'failed' as const, message, fields }
}

function fieldErrors(error: ZodError): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const { path, message } of error.issues) fields[String(path[0] ?? '')] ??= message
  return fields
}

function isNextSignal(error: unknown): boolean {
  const digest = typeof error === 'object' && error !== null ? Reflect.get(error, 'digest') : null
  return typeof digest === 'string' && digest.startsWith('NEXT_')
}
