import { describe, expect, it } from 'vitest'
import { breaches } from './architecture/breaches'
import { roundsOfRooms } from './architecture/rooms'
import { rules } from './architecture/rules'
import { projectFiles, sourceFile } from './architecture/source-file'

const files = projectFiles()

describe('the house', () => {
  it('has the modules that the rules are about', () => {
    const paths = files.map((file) => file.path)
    for (const path of ['server.ts', 'lib/core/secret.ts', 'lib/db/client.ts', 'lib/config/load-config.ts'])
      expect(paths).toContain(path)
    expect(files.flatMap((file) => file.imports).length).toBeGreaterThan(200)
  })

  it.each(rules.map((rule) => [rule.promise, rule] as const))('%s', (_promise, rule) => {
    expect(files.flatMap((file) => rule.faults(file).map((fault) => `${file.path} ${fault}`))).toEqual([])
  })

  it('has rooms on floors: imports between them go one way', () => {
    expect(roundsOfRooms(files.filter((file) => !/\.test\.|\/testing\/|\/test-/.test(file.path)))).toEqual([])
  })
})

describe('each rule can fail', () => {
  it.each(breaches)('%s: %s', (promise, path, code) => {
    const rule = rules.find((each) => each.promise === promise)
    expect(rule?.faults(sourceFile(path, code))).toHaveLength(1)
  })

  it('and none is left without a breach that proves it', () => {
    const proven = new Set(breaches.map(([promise]) => promise))
    expect(rules.filter((rule) => !proven.has(rule.promise)).map((rule) => rule.promise)).toEqual([])
  })

  it('rooms that import each other are named with the files that do it', () => {
    const rounds = roundsOfRooms([
      sourceFile('lib/vault/a.ts', "import { b } from '../audit/b'"),
      sourceFile('lib/audit/b.ts', "import { c } from '../db/c'"),
      sourceFile('lib/db/c.ts', "import { a } from '../vault/a'"),
    ])
    expect(rounds).toEqual([
      expect.stringMatching(/^audit → db → vault → audit \(lib\/audit\/b\.ts imports lib\/db\/c;/),
    ])
  })

  it('types alone make no round', () => {
    const rounds = roundsOfRooms([
      sourceFile('lib/vault/a.ts', "import { type B } from '../audit/b'"),
      sourceFile('lib/audit/b.ts', "import type { A } from '../vault/a'"),
    ])
    expect(rounds).toEqual([])
  })
})
