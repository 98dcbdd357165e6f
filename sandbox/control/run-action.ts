import { z } from 'zod'
import { SandboxRefusal } from '../kernel/action'
import type { ReadBody } from '../kernel/body'
import type { SandboxAction } from '../kernel/contract'
import { formFields, formInput } from './form-fields'

/** How an action went, with the HTTP status that says so. */
export type ActionOutcome =
  | { readonly status: 200; readonly body: { readonly result: unknown } }
  | {
      readonly status: 409 | 415 | 422 | 500
      readonly body: { readonly error: string; readonly message: string; readonly issues?: unknown }
    }

/** Runs an action with a JSON object or a form; no body at all is an empty object. */
export async function runAction(action: SandboxAction, body: ReadBody): Promise<ActionOutcome> {
  const input = readInput(action, body)
  if (input === undefined)
    return { status: 415, body: { error: 'unreadable', message: 'Send a JSON object or a form.' } }
  try {
    return { status: 200, body: { result: (await action.run(input)) ?? null } }
  } catch (error) {
    if (error instanceof SandboxRefusal)
      return { status: 409, body: { error: 'refused', message: error.message } }
    if (error instanceof z.ZodError)
      return {
        status: 422,
        body: { error: 'invalid_input', message: z.prettifyError(error), issues: error.issues },
      }
    return { status: 500, body: { error: 'failed', message: String(error) } }
  }
}

function readInput(action: SandboxAction, body: ReadBody): unknown {
  switch (body.kind) {
    case 'none':
      return {}
    case 'json':
      return body.json
    case 'form':
      return formInput(formFields(action.input), body.fields)
    default:
      return undefined
  }
}
