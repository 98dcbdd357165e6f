'use server'

import { cookies } from 'next/headers'
import { runVisitorAction } from '@/app/run-action'
import type { ActionState } from '@/components/forms/action-state'
import { PatchbayError } from '@/lib/core/errors'
import { Secret } from '@/lib/core/secret'
import { createFirstOwner, deps, newPersonSchema, setupCookieName } from '@/lib/server'

/** Makes the first owner, for whoever came by the set-up link. @param form name, email, password, passwordAgain */
export async function createOwner(form: FormData): Promise<ActionState> {
  return runVisitorAction(async () => {
    // The cookie is left to end by itself: to delete it here would draw the page anew, which then leads away before the sign-in.
    const token = (await cookies()).get(setupCookieName(deps().config))?.value
    if (!token) {
      throw new PatchbayError(
        'forbidden',
        'This page was open for too long. Open the printed set-up link again.',
      )
    }
    const person = newPersonSchema.parse(Object.fromEntries(form))
    if (form.get('password') !== form.get('passwordAgain')) {
      throw new PatchbayError('invalid_input', 'The two passwords differ.', { field: 'passwordAgain' })
    }
    await createFirstOwner(deps(), person, Secret.of(token))
    return null
  })
}
