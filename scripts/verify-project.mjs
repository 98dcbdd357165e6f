import { checkDocLinks } from './checks/doc-links.mjs'
import { checkFormatAndLint, checkTypes } from './checks/static-checks.mjs'
import { createTally } from './checks/tally.mjs'
import { runVitest } from './checks/vitest.mjs'
import { generate } from './steps/generate.mjs'
import { install } from './steps/install.mjs'
import { failed } from './steps/step.mjs'

/** What needs no database and takes seconds; the unit tests hold the architecture test. */
export async function runStaticChecks(tally) {
  await tally.check('Format and lint', checkFormatAndLint)
  await tally.check('Types', checkTypes)
  await tally.check('Links of the documents', checkDocLinks)
  await tally.check('Architecture and unit tests', () => runVitest('unit'))
}

/** `npm run verify`. */
export async function verifyProject() {
  try {
    await install()
    await generate()
    const tally = createTally()
    await runStaticChecks(tally)
    tally.sumUp()
  } catch (error) {
    failed('The checks could not be run.', [error.message])
  }
}
