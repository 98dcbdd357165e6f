import { fork } from 'node:child_process'
import { bundleOptions } from './steps/bundle.mjs'
import { generate } from './steps/generate.mjs'
import { install } from './steps/install.mjs'
import { root } from './steps/root.mjs'
import { failed } from './steps/step.mjs'

/**
 * `npm run dev`: pages reload by Next; a change in lib/, server/ or sandbox/ starts the server anew, because it holds a copy
 * of its own.
 */
export async function developProject() {
  process.chdir(root)
  process.env.NODE_ENV = 'development'
  process.env.NEXT_TELEMETRY_DISABLED = '1'
  try {
    await install()
    await generate()
  } catch (error) {
    return failed('Patchbay could not be started.', [error.message])
  }
  const { context } = await import('esbuild')
  const server = createServerProcess()
  const contexts = await Promise.all(
    ['server', 'sandbox'].map((name) => {
      const entry = name === 'server' ? 'server.ts' : 'sandbox/main.ts'
      const options = bundleOptions(entry, `dist/dev/${name}.mjs`)
      return context({
        ...options,
        logLevel: 'warning',
        plugins: [{ name: 'restart', setup: (build) => build.onEnd(server.restart) }],
      })
    }),
  )
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, async () => {
      await server.stop()
      await Promise.all(contexts.map((each) => each.dispose()))
    })
  await Promise.all(contexts.map((each) => each.watch()))
}

/** The server in a process of its own, which is started again after each build that worked. */
function createServerProcess() {
  let child = null
  let timer = null
  let stopping = false
  let ending = false

  function begin() {
    ending = false
    if (stopping) return
    child = fork(`${root}/scripts/serve-development.mjs`, { detached: true })
    child.once('exit', (code) => {
      child = null
      if (stopping || ending || code === 0) return
      console.error('  The server ended; the next change starts it again.')
    })
  }

  function again() {
    if (stopping) return
    if (!child) return begin()
    if (ending) return
    ending = true
    child.once('exit', begin)
    child.kill('SIGTERM')
  }

  return {
    restart({ errors }) {
      if (errors.length > 0) return
      clearTimeout(timer)
      timer = setTimeout(again, 150)
    },
    /** Resolves when the server has drained. */
    async stop() {
      stopping = true
      clearTimeout(timer)
      if (!child) return
      const last = child
      await new Promise((resolve) => {
        last.once('exit', resolve)
        last.kill('SIGTERM')
      })
    },
  }
}
