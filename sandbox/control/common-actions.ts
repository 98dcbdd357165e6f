import { z } from 'zod'
import { defineAction } from '../kernel/action'
import type { SandboxAction, SandboxContext, SandboxProvider } from '../kernel/contract'

/** The actions that the control server adds to every provider. */
export function commonActions(
  context: SandboxContext,
  provider: SandboxProvider,
): Record<string, SandboxAction> {
  return {
    'clear-calls': defineAction('Forget the calls so far', z.object({}), () => context.calls.clear()),
    reset: defineAction('Back to the first day; the apps keep their credentials', z.object({}), () =>
      provider.reset(),
    ),
  }
}
