import { runPlaywright } from './checks/playwright.mjs'
import { createTally } from './checks/tally.mjs'
import { runVitest } from './checks/vitest.mjs'
import { buildPages } from './steps/build-pages.mjs'
import { bundle } from './steps/bundle.mjs'
import { findBrowser } from './steps/find-browser.mjs'
import { generate } from './steps/generate.mjs'
import { install } from './steps/install.mjs'
import { holdSignals } from './steps/run.mjs'
import { failed, step } from './steps/step.mjs'
import { startThrowawayDatabase } from './steps/throwaway-database.mjs'
import { runStaticChecks } from './verify-project.mjs'

const parts = ['verify', 'integration', 'browser']

/** `npm test`: everything; `npm test -- integration` (or `verify`, `browser`) only that part. */
export async function testProject(wanted = process.argv.slice(2)) {
  const unknown = wanted.filter((part) => !parts.includes(part))
  if (unknown.length > 0)
    return failed(`There is no part ${unknown.join(', ')}.`, [`The parts are ${parts.join(', ')}.`])
  const has = (part) => wanted.length === 0 || wanted.includes(part)
  let database = null
  holdSignals()
  try {
    await install()
    await generate()
    const tally = createTally()
    if (has('verify')) await runStaticChecks(tally)
    if (has('integration') || has('browser')) {
      const started = await tally.prepare('PostgreSQL', async () => {
        database = await step('Starting a PostgreSQL that is thrown away', startThrowawayDatabase)
      })
      const env = { TEST_DATABASE_URL: database?.url ?? '' }
      if (started && has('integration'))
        await tally.check('Integration tests', () => runVitest('integration', env))
      if (started && has('browser')) await runBrowser(tally, env)
    }
    tally.sumUp()
  } catch (error) {
    failed('The tests could not be run.', [error.message])
  } finally {
    await database?.stop()
  }
}

async function runBrowser(tally, env) {
  let browser = null
  const built = await tally.prepare('Build', async () => {
    await bundle()
    await buildPages()
  })
  const found = await tally.prepare('Browser', async () => {
    browser = await step('Finding a browser', findBrowser, ({ words }) => words)
  })
  if (!built || !found) return
  await tally.check('Starts, and journeys in the browser', () =>
    runPlaywright({ ...env, E2E_BROWSER: browser.path }),
  )
}
