import { describe, expect, it } from 'vitest'

/** The commands are plain JavaScript, so that they run before anything is installed. */
function command(path: string): Promise<Record<string, (...values: unknown[]) => unknown>> {
  return import(new URL(`../scripts/${path}`, import.meta.url).href)
}

const { nodeFault } = await command('check-node.mjs')
const { countVitest } = await command('checks/vitest.mjs')
const { countPlaywright } = await command('checks/playwright.mjs')
const { headingsOf, linkFaults } = await command('checks/doc-links.mjs')

describe('the Node that runs a command', () => {
  it.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0'])('%s is new enough', (version) => {
    expect(nodeFault?.(version)).toBe(null)
  })

  it.each(['18.20.4', '20.18.3'])('%s is too old, and is told so', (version) => {
    expect(nodeFault?.(version)).toMatch(new RegExp(`needs Node 20\\.19 or later; this is ${version}`))
  })
})

function vitestFile(statuses: string[], message = '') {
  const assertionResults = statuses.map((status) => ({
    status,
    fullName: 'a promise',
    failureMessages: ['wrong'],
  }))
  const status = message !== '' || statuses.includes('failed') ? 'failed' : 'passed'
  return { testResults: [{ name: '/x/a.test.ts', status, message, assertionResults }] }
}

describe('counting unit and integration tests', () => {
  it.each([
    ['what passed', vitestFile(['passed', 'passed']), 0, 2, 0],
    ['what failed', vitestFile(['passed', 'failed']), 1, 1, 1],
    ['a skipped test as failed', vitestFile(['passed', 'pending']), 0, 1, 1],
    ['a file that does not load as failed', vitestFile([], 'cannot find module'), 1, 0, 1],
    ['an error outside any test as failed', vitestFile(['passed']), 1, 1, 1],
    ['no test at all as failed', vitestFile([]), 0, 0, 1],
  ])('counts %s', (_words, report, code, passed, failed) => {
    expect(countVitest?.(report, code, 'output')).toMatchObject({ passed, failed })
  })
})

function playwrightReport(statuses: string[], errors: { message: string }[] = []) {
  const specs = statuses.map((status) => ({
    title: 'a journey',
    tests: [{ status, projectName: 'p', results: [] }],
  }))
  return { errors, suites: [{ file: 'a.spec.ts', specs: [], suites: [{ specs }] }] }
}

describe('counting journeys', () => {
  it.each([
    ['what passed', playwrightReport(['expected', 'expected']), 0, 2, 0],
    ['what failed', playwrightReport(['expected', 'unexpected']), 1, 1, 1],
    ['a skipped test as failed', playwrightReport(['expected', 'skipped']), 0, 1, 1],
    ['one that needed a second try as failed', playwrightReport(['flaky']), 0, 0, 1],
    ['a fault outside any test as failed', playwrightReport(['expected'], [{ message: 'config' }]), 1, 1, 1],
    ['no test at all as failed', playwrightReport([]), 0, 0, 1],
  ])('counts %s', (_words, report, code, passed, failed) => {
    expect(countPlaywright?.(report, code, 'output')).toMatchObject({ passed, failed })
  })
})

describe('links of the documents', () => {
  it('lead to headings by the anchors that GitHub makes', () => {
    const markdown =
      '# Set-up & first run\n## `npm start`\n```\n# no heading\n```\n## Twice\n## Twice\n### [A link](x.md) here'
    expect(headingsOf?.(markdown)).toEqual([
      'set-up--first-run',
      'npm-start',
      'twice',
      'twice-1',
      'a-link-here',
    ])
  })

  it('are faults when they lead nowhere', () => {
    const file = new URL('../LICENSE', import.meta.url).pathname
    const text =
      '[a](LICENSE) [b](missing.md) [c](https://example.com) [d](#gone)\n# There\n[e](#there) `[f](x.md)`'
    expect(linkFaults?.(file, text)).toEqual({
      links: 4,
      faults: [expect.stringContaining('missing.md'), expect.stringContaining('#gone')],
    })
  })
})
