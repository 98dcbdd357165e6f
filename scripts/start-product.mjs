import { buildPages } from './steps/build-pages.mjs'
import { bundle } from './steps/bundle.mjs'
import { generate } from './steps/generate.mjs'
import { install } from './steps/install.mjs'
import { root } from './steps/root.mjs'
import { failed, summarise } from './steps/step.mjs'

/** Installs, generates and builds what is missing or stale, then serves from this same process, so that signals reach it. */
export async function startProduct() {
  process.chdir(root)
  process.env.NODE_ENV = 'production'
  process.env.NEXT_TELEMETRY_DISABLED = '1'
  try {
    await install()
    await generate()
    await bundle()
    const { preflight, serve } = await import(new URL('../dist/server.mjs', import.meta.url).href)
    const faults = await preflight(process.env)
    if (faults.length > 0) return failed('Patchbay cannot start:', faults)
    await buildPages()
    summarise()
    await serve({ root, dev: false, sandboxEntry: `${root}/dist/sandbox.mjs` })
  } catch (error) {
    failed('Patchbay could not be started.', [error.message])
  }
}
