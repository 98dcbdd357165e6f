import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { buildPages } from './steps/build-pages.mjs'
import { bundleOptions } from './steps/bundle.mjs'
import { generate } from './steps/generate.mjs'
import { install } from './steps/install.mjs'
import { root } from './steps/root.mjs'
import { failed, step } from './steps/step.mjs'
import { startThrowawayDatabase } from './steps/throwaway-database.mjs'

const names = ['token-read', 'proxy', 'list', 'rotation', 'storm', 'kill', 'stop', 'due']
/** Those that run the product with its role `web`, which serves the pages too. */
const withPages = ['token-read', 'proxy']
const folder = `${root}/.test/bench`
const entries = {
  main: 'bench/main.ts',
  provider: 'bench/provider.ts',
  'bare-loop': 'bench/bare-loop.ts',
  'bare-reader': 'bench/bare-reader.ts',
  'bare-proxy': 'bench/bare-proxy.ts',
  load: 'bench/load.ts',
  upstream: 'bench/upstream.ts',
  process: 'tests/chaos/process.ts',
  product: 'tests/chaos/product.ts',
}
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** `npm run bench`: all of them; `npm run bench -- storm kill` only those; `-- --json` prints a line of JSON for each figure. */
export async function benchProject(words = process.argv.slice(2)) {
  const json = words.includes('--json')
  const wanted = words.filter((word) => word !== '--json')
  const unknown = wanted.filter((word) => !names.includes(word))
  if (unknown.length > 0)
    return failed(`There is no benchmark ${unknown.join(', ')}.`, [`The benchmarks are ${names.join(', ')}.`])
  // With --json nothing but figures goes to standard output.
  const say = json ? (_words, work) => work() : step
  let database = null
  // A signal ends what runs now; the database is put away in any case.
  const stopping = new AbortController()
  for (const signal of signals) process.on(signal, () => stopping.abort(new Error(`Stopped by ${signal}.`)))
  try {
    await install()
    await generate()
    if (wanted.length === 0 || wanted.some((name) => withPages.includes(name))) await buildPages()
    await say('Bundling the benchmarks', bundleAll)
    database = await say('Starting a PostgreSQL as durable as the product’s own (fsync on)', () =>
      startThrowawayDatabase({ durable: true }),
    )
    const args = [
      `${folder}/main.mjs`,
      folder,
      ...(wanted.length > 0 ? wanted : names),
      ...(json ? ['--json'] : []),
    ]
    process.exitCode = await runThrough(args, { BENCH_DATABASE_URL: database.url }, stopping.signal)
  } catch (error) {
    failed('The benchmarks could not be run.', [error.message])
  } finally {
    await database?.stop()
  }
}

async function bundleAll() {
  const { build } = await import('esbuild')
  mkdirSync(folder, { recursive: true })
  for (const [name, entry] of Object.entries(entries))
    await build(bundleOptions(entry, `${folder}/${name}.mjs`))
}

/** Runs this Node with our own standard output. What it starts ends with it. */
function runThrough(args, env, stopping) {
  const child = spawn(process.execPath, ['--enable-source-maps', ...args], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
    signal: stopping,
  })
  let fault = null
  child.once('error', (error) => {
    fault = error
  })
  return new Promise((resolve, reject) => {
    child.once('close', (code) => (fault === null ? resolve(code ?? 1) : reject(fault)))
  })
}
