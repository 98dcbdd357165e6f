import { runNode, tail } from '../steps/run.mjs'
import { verdict } from './tally.mjs'

/** Format and lint, warnings included. */
export async function checkFormatAndLint() {
  const args = ['check', '--error-on-warnings', '--colors=off', '--max-diagnostics=40']
  const { code, output } = await runNode('@biomejs/biome/bin/biome', args, { allowFailure: true })
  return verdict(code, tail(output, 120))
}

/** Types of the whole project, with those that Next makes of the routes. */
export async function checkTypes() {
  await runNode('next/dist/bin/next', ['typegen'], {
    words: 'next typegen',
    env: { NEXT_TELEMETRY_DISABLED: '1' },
  })
  const { code, output } = await runNode('typescript/bin/tsc', ['--noEmit', '--pretty', 'false'], {
    allowFailure: true,
  })
  return verdict(code, tail(output, 120))
}
