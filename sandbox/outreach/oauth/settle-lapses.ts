import type { Doorkeeper } from '../../doorkeeper/doorkeeper'
import type { SandboxContext } from '../../kernel/contract'
import type { Store } from '../../kernel/store'
import { DEV_APP_KEY } from '../apps'
import { OWNING_ORG_ID } from '../data/orgs'
import type { OutreachState } from '../state'
import { weeklyLapses } from './lapse'

export type LapseDeps = {
  readonly context: SandboxContext
  readonly store: Store<OutreachState>
  readonly oauth: Doorkeeper
}

/**
 * Ends the development grants whose week is over: consent and all tokens (seed 001). To be called before each request is
 * handled, so that a jump of the clock needs no timer.
 */
export async function settleLapses({ context, store, oauth }: LapseDeps): Promise<void> {
  const consents = store.state.consents[DEV_APP_KEY] ?? []
  const due = weeklyLapses(consents, OWNING_ORG_ID).filter((one) => one.atMs <= context.clock.nowMs())
  for (const { personId } of due) await endDevelopmentGrant({ context, store, oauth }, personId)
}

/** Ends one person's development grant now; gives how many token pairs died. */
export async function endDevelopmentGrant({ store, oauth }: LapseDeps, personId: number): Promise<number> {
  const consents = store.state.consents[DEV_APP_KEY] ?? []
  store.state.consents[DEV_APP_KEY] = consents.filter((one) => one.personId !== personId)
  const pairs = await oauth.revoke({ clientId: DEV_APP_KEY, ownerId: String(personId) })
  await store.commit()
  return pairs
}
