import { z } from 'zod'
import { SandboxRefusal } from '../kernel/action'
import { findInstall } from './installs'
import type { EnvoyInstall, EnvoyState, TokenPair } from './state'

/** Which tokens an action is about: those of one install, one company or one app; all when nothing is said. */
export const pickFields = {
  install: z.number().int().optional().describe('install id'),
  company: z.string().optional().describe('company id'),
  app: z.string().optional().describe('client id of an app'),
}

export type TokenPick = {
  install?: number | undefined
  company?: string | undefined
  app?: string | undefined
}

/** The pairs that `pick` names; pairs of webhooks are among those of their install. */
export function pickTokens(state: EnvoyState, pick: TokenPick): TokenPair[] {
  return state.tokens.filter(({ origin, clientId }) => {
    if (pick.app !== undefined && pick.app !== clientId) return false
    if (pick.install !== undefined && !('installId' in origin && origin.installId === pick.install))
      return false
    return pick.company === undefined || ('companyId' in origin && origin.companyId === pick.company)
  })
}

/**
 * The install with this id, or the latest that is not uninstalled.
 *
 * @throws SandboxRefusal when there is none
 */
export function pickInstall(state: EnvoyState, id: number | undefined): EnvoyInstall {
  const found =
    id === undefined
      ? state.installs.findLast(({ status }) => status !== 'uninstalled')
      : findInstall(state, id)
  if (found === undefined)
    throw new SandboxRefusal(id === undefined ? 'Nothing is installed' : `No install ${id}`)
  return found
}
