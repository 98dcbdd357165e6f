import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { operations } from '../operations'
import { problemTable } from '../problem-table'
import { documentedCodes } from './problem-schema'

const text = readFileSync(new URL('../../../docs/api.md', import.meta.url), 'utf8')

it('docs/api.md has every code, with the status and the words of the code', () => {
  expect(text).toContain(problemMarkdown())
})

it('docs/api.md has every operation', () => {
  for (const { path, scope } of operations)
    expect(text.split('\n').some((line) => line.includes(path) && line.includes(scope))).toBe(true)
})

/** The table of codes in docs/api.md, by status. */
function problemMarkdown(): string {
  const rows = documentedCodes
    .map((code) => ({ code, ...problemTable[code] }))
    .sort((one, other) => one.status - other.status)
    .map(({ code, status, title, advice }) => `| ${status} | \`${code}\` | ${title} | ${advice ?? ''} |`)
  return ['| status | code | means | what to do |', '|---|---|---|---|', ...rows].join('\n')
}
