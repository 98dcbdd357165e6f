import { root } from './steps/root.mjs'
import { failed } from './steps/step.mjs'

// Ends with the command that watches the sources, however that one ended.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))

const { preflight, serve } = await import(new URL('../dist/dev/server.mjs', import.meta.url).href)
const faults = await preflight(process.env)
if (faults.length > 0) {
  failed('Patchbay cannot start:', faults)
  process.disconnect()
} else {
  await serve({ root, dev: true, sandboxEntry: `${root}/dist/dev/sandbox.mjs` })
}
