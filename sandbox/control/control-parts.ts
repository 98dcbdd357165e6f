import type { Clock } from '../kernel/clock'
import type { ProviderName, SandboxAction, SandboxContext, SandboxProvider } from '../kernel/contract'
import { commonActions } from './common-actions'

/** What the control server works on. */
export type ControlParts = {
  readonly clock: Clock
  readonly contexts: Readonly<Record<ProviderName, SandboxContext>>
  readonly providers: readonly SandboxProvider[]
}

/** A provider's own actions and those that the control server has for each of them. */
export function actionsOf(parts: ControlParts, provider: SandboxProvider): Record<string, SandboxAction> {
  return { ...provider.actions, ...commonActions(parts.contexts[provider.name], provider) }
}

/** The provider of that name; undefined for any other text. */
export function findProvider(parts: ControlParts, name: string): SandboxProvider | undefined {
  return parts.providers.find((provider) => provider.name === name)
}

/** Everything back to the first day, the clock too. */
export async function resetAll({ clock, providers }: ControlParts): Promise<void> {
  clock.reset()
  await Promise.all(providers.map((provider) => provider.reset()))
}
