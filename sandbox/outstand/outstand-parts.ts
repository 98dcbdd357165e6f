import type { Doorkeeper } from '../doorkeeper/doorkeeper'
import type { SandboxApp, SandboxContext, SandboxEnv } from '../kernel/contract'
import type { Store } from '../kernel/store'
import type { OutstandState } from './state'
import type { WebhookSender } from './webhooks'

/** What the parts of this Outstand share. */
export type Outstand = {
  readonly context: SandboxContext
  readonly store: Store<OutstandState>
  readonly doorkeeper: Doorkeeper
  readonly apps: readonly SandboxApp[]
  readonly sender: WebhookSender
}

/** A call that the guard has let through; `ownerId` is empty for an application. */
export type GuardedEnv = SandboxEnv & { Variables: { ownerId: string } }
