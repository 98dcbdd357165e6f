let done = 0

/** Runs one step and says it in one line: its words, what came out (`outcome`, from the result) and the time it took. */
export async function step(words, work, outcome = () => '') {
  const startedMs = performance.now()
  const seconds = () => `${((performance.now() - startedMs) / 1000).toFixed(1)} s`
  process.stdout.write(`  ${words} … `)
  try {
    const result = await work()
    const said = outcome(result)
    process.stdout.write(`${said === '' ? '' : `${said}, `}${seconds()}\n`)
    done++
    return result
  } catch (error) {
    process.stdout.write(`failed after ${seconds()}\n`)
    throw error
  }
}

/** The one line of a start that had nothing to do. */
export function summarise() {
  if (done === 0) process.stdout.write('  Packages, database client and pages are up to date.\n')
}

/** Tells what stops the command, one line for each fault, and makes it end with 1. */
export function failed(words, faults) {
  console.error(`\n${words}`)
  for (const fault of faults) console.error(`  ${fault.replaceAll('\n', '\n  ')}`)
  process.exitCode = 1
}
