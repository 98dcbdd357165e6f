import type { Deps } from '../lib/deps'
import { deliverWhenAlone } from '../lib/notifications/deliver-when-alone'
import { regularly } from './regularly'

const everyMs = 30_000

/**
 * Sends notifications from a process that is no worker, while there is none.
 *
 * @returns `stop`, which resolves when the sending that runs has ended
 */
export function notifyWhenAlone(deps: Deps): { stop(): Promise<void> } {
  return regularly(everyMs, async () => {
    await deliverWhenAlone(deps).catch((error: unknown) =>
      deps.log.warn({ err: error }, 'notifications could not be sent'),
    )
  })
}
