import type { z } from 'zod'
import type { SandboxAction } from './contract'

/** Thrown by an action that understood its input and cannot do it, e.g. no such org. The control server answers 409. */
export class SandboxRefusal extends Error {}

/** An action whose `run` gets the parsed input. What it returns is shown as JSON: no secrets in it. */
export function defineAction<Input extends z.ZodObject>(
  summary: string,
  input: Input,
  run: (input: z.output<Input>) => unknown,
): SandboxAction {
  return { summary, input, run: async (raw) => run(input.parse(raw)) }
}
