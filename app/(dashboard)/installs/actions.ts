'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { runAction } from '@/app/run-action'
import type { ActionState } from '@/components/forms/action-state'
import { acceptInstall, addInstall, deps, refuseInstall } from '@/lib/server'

const installSchema = z.object({ install: z.string().max(64) })
const addSchema = z.object({
  app: z.string().min(1, 'Choose the app.').max(64),
  externalInstallId: z
    .string()
    .trim()
    .min(1, 'Enter the INSTALL_ID.')
    .regex(/^[\w-]{1,128}$/, 'An INSTALL_ID holds letters, digits, hyphens and underscores only.'),
})

export async function acceptInstallAction(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async (actor) => {
    const { install } = installSchema.parse(Object.fromEntries(form))
    await acceptInstall(deps(), actor, { installId: install })
    return 'Accepted. The connection is live.'
  })
}

export async function refuseInstallAction(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async (actor) => {
    const { install } = installSchema.parse(Object.fromEntries(form))
    await refuseInstall(deps(), actor, { installId: install })
    return 'Refused. Its tokens are erased.'
  })
}

export async function addInstallAction(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async (actor) => {
    const { app, externalInstallId } = addSchema.parse(Object.fromEntries(form))
    const { connectionId } = await addInstall(deps(), actor, { appId: app, externalInstallId })
    redirect(`/connections/${connectionId}`)
  })
}
