import { join } from 'node:path'
import type { Bench, BenchSetting } from './bench-setting'
import { openDatabases } from './databases'
import { due } from './due'
import { printer } from './figure'
import { kill } from './kill'
import { list } from './list'
import { proxy } from './proxy'
import { rotation } from './rotation'
import { stop } from './stop'
import { storm } from './storm'
import { tokenRead } from './token-read'

/** The names that scripts/bench-project.mjs takes. */
const benches: Readonly<Record<string, Bench>> = {
  'token-read': tokenRead,
  proxy,
  list,
  rotation,
  storm,
  kill,
  stop,
  due,
}

/** Runs the benchmarks that are named, one after the other; ends with 1 when a figure misses its target. */
async function main([folder = '', ...words]: string[]): Promise<void> {
  const json = words.includes('--json')
  const root = process.cwd()
  const setting: BenchSetting = {
    makeDatabase: await openDatabases(process.env.BENCH_DATABASE_URL ?? '', root),
    root,
    processBundle: join(folder, 'process.mjs'),
    productBundle: join(folder, 'product.mjs'),
    providerBundle: join(folder, 'provider.mjs'),
    bareLoopBundle: join(folder, 'bare-loop.mjs'),
    bundle: (name) => join(folder, `${name}.mjs`),
  }
  const print = printer(json)
  const say = (line: string) => void (json || console.log(`       ${line}`))
  for (const [name, bench] of Object.entries(benches)) {
    if (!words.includes(name)) continue
    if (!json) console.log(`\n${name}`)
    await bench(
      setting,
      (figure) => {
        print(figure)
        if (!figure.ok) process.exitCode = 1
      },
      say,
    )
  }
}

await main(process.argv.slice(2))
process.exit()
