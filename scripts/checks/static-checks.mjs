import { rmSync } from 'node:fs'
import { root } from '../steps/root.mjs'
import { runNode, tail } from '../steps/run.mjs'
import { verdict } from './tally.mjs'

/** Format and lint, warnings included. */
export async function checkFormatAndLint() {
  const args = ['check', '--error-on-warnings', '--colors=off', '--max-diagnostics=40']
  const { code, output } = await runNode('@biomejs/biome/bin/biome', args, { allowFailure: true })
  return verdict(code, tail(output, 120))
}

/**
 * Types of the whole project, with those that Next makes of the routes. What `next dev` once made of routes that are gone
 * would be read too.
 */
export async function checkTypes() {
  rmSync(`${root}/.next/dev/types`, { recursive: true, force: true })
  await runNode('next/dist/bin/next', ['typegen'], {
    words: 'next typegen',
    env: { NEXT_TELEMETRY_DISABLED: '1' },
  })
  const { code, output } = await runNode('typescript/bin/tsc', ['--noEmit', '--pretty', 'false'], {
    allowFailure: true,
  })
  return verdict(code, tail(output, 120))
}
