import { Interrupted } from '../steps/run.mjs'
import { step } from '../steps/step.mjs'

/** Counts what passed and failed, honestly: a check that could not run is a failure, not an absence. */
export function createTally() {
  const suites = []
  const failures = []

  return {
    /**
     * Runs one check, whose `work` returns `{ passed, failed, failures }`. What it throws counts as one failure.
     * Returns whether all of it passed.
     */
    async check(words, work) {
      const result = await step(
        words,
        async () => {
          try {
            return await work()
          } catch (error) {
            if (error instanceof Interrupted) throw error
            return { passed: 0, failed: 1, failures: [error.message] }
          }
        },
        ({ passed, failed }) => `${passed} passed${failed > 0 ? `, ${failed} FAILED` : ''}`,
      )
      suites.push(result)
      failures.push(...result.failures.map((failure) => `${words}: ${failure}`))
      return result.failed === 0
    },

    /** A step that makes something; where it fails, it counts as one failure. Returns whether it went through. */
    async prepare(words, work) {
      try {
        await work()
        return true
      } catch (error) {
        if (error instanceof Interrupted) throw error
        suites.push({ passed: 0, failed: 1 })
        failures.push(`${words}: ${error.message}`)
        return false
      }
    },

    /** Prints every failure and, as the last line, `N passed, N failed`; the command ends with 1 unless all passed. */
    sumUp() {
      for (const failure of failures) console.log(`\n✗ ${failure}`)
      const sum = (name) => suites.reduce((total, suite) => total + suite[name], 0)
      if (sum('failed') > 0 || sum('passed') === 0) process.exitCode = 1
      console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`)
    },
  }
}

/** The result of a check that either holds or does not. */
export function verdict(code, output) {
  return code === 0 ? { passed: 1, failed: 0, failures: [] } : { passed: 0, failed: 1, failures: [output] }
}
