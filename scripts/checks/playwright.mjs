import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { root } from '../steps/root.mjs'
import { runNode, tail } from '../steps/run.mjs'

/** Runs the browser journeys and the start tests, and counts them from the JSON report. */
export async function runPlaywright(env) {
  const report = `${root}/.test/browser.json`
  mkdirSync(`${root}/.test`, { recursive: true })
  rmSync(report, { force: true })
  const { code, output } = await runNode('@playwright/test/cli.js', ['test'], {
    allowFailure: true,
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
  })
  let parsed
  try {
    parsed = JSON.parse(readFileSync(report, 'utf8'))
  } catch {
    throw new Error(`Playwright wrote no report.\n${tail(output)}`)
  }
  return countPlaywright(parsed, code, output)
}

/** A test that is skipped or only passed at a second try counts as a failure. */
export function countPlaywright(report, code, output) {
  const failures = report.errors.map((error) => plain(error.message ?? 'an error outside any test'))
  let passed = 0
  for (const { spec, file } of specsIn(report.suites)) {
    for (const test of spec.tests) {
      if (test.status === 'expected') passed++
      else failures.push(`${file} > ${spec.title} (${test.projectName})\n${wordsOf(test)}`)
    }
  }
  if (code !== 0 && failures.length === 0) failures.push(`Playwright ended with ${code}.\n${tail(output)}`)
  if (passed === 0 && failures.length === 0) failures.push('There was no test to run.')
  return { passed, failed: failures.length, failures }
}

function* specsIn(suites, file = '') {
  for (const suite of suites) {
    for (const spec of suite.specs ?? []) yield { spec, file: suite.file ?? file }
    yield* specsIn(suite.suites ?? [], suite.file ?? file)
  }
}

function wordsOf(test) {
  if (test.status === 'skipped') return 'was not run (skipped)'
  const result = test.results.at(-1)
  const kept = (result?.attachments ?? []).flatMap((each) => (each.path ? [`kept: ${each.path}`] : []))
  return [tail(plain((result?.errors ?? []).map((error) => error.message).join('\n')), 30), ...kept].join(
    '\n',
  )
}

function plain(text) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are escape sequences
  return text.replace(/\u001b\[[0-9;]*m/g, '')
}
