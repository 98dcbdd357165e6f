import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { relative } from 'node:path'
import { root } from '../steps/root.mjs'
import { runNode, tail } from '../steps/run.mjs'

/** Runs one Vitest project (`unit` or `integration`) and counts its tests from the JSON report. */
export async function runVitest(project, env = {}) {
  const report = `${root}/.test/${project}.json`
  mkdirSync(`${root}/.test`, { recursive: true })
  rmSync(report, { force: true })
  const args = ['run', '--project', project, '--reporter=json', `--outputFile=${report}`]
  const { code, output } = await runNode('vitest/vitest.mjs', args, {
    allowFailure: true,
    env: { ...env, NODE_ENV: 'test' },
  })
  return countVitest(readReport(report, output), code, output)
}

function readReport(path, output) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    throw new Error(`Vitest wrote no report.\n${tail(output)}`)
  }
}

/** A file that does not load counts as a failure, and so does an error outside any test and a test that is skipped. */
export function countVitest(report, code, output) {
  const failures = []
  let passed = 0
  for (const file of report.testResults) {
    const name = relative(root, file.name)
    for (const test of file.assertionResults) {
      if (test.status === 'passed') passed++
      else if (test.status === 'failed')
        failures.push(`${name} > ${test.fullName}\n${tail(test.failureMessages.join('\n'), 25)}`)
      else failures.push(`${name} > ${test.fullName}\nwas not run (${test.status})`)
    }
    if (file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'))
      failures.push(`${name}\n${file.message}`)
  }
  if (code !== 0 && failures.length === 0) failures.push(`Vitest ended with ${code}.\n${tail(output)}`)
  if (passed === 0 && failures.length === 0) failures.push('There was no test to run.')
  return { passed, failed: failures.length, failures }
}
