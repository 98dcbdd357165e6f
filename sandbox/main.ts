import { readConfig } from './config'
import { PortTaken, type Sandbox, startSandbox } from './start-sandbox'

const warn = (words: string) => console.error(words)

/** Prints one JSON line when all four servers listen, and runs until stdin closes or SIGTERM comes. */
async function main(): Promise<void> {
  const read = readConfig(process.env)
  if (read.kind === 'faulty') {
    for (const fault of read.faults) warn(fault)
    process.exit(1)
  }
  const sandbox = await startSandbox(read.config, warn).catch((error: unknown) => {
    warn(error instanceof PortTaken ? error.message : `The sandbox could not start: ${String(error)}`)
    process.exit(1)
  })
  stopWithParent(sandbox)
  console.log(JSON.stringify({ ready: true, pid: process.pid, ...sandbox.urls }))
}

/**
 * The process that started it holds its stdin: when that process ends, however it ends, so does this one. A Ctrl-C, which
 * the terminal sends to both, is left to the parent, whose last calls may still need the providers.
 */
function stopWithParent(sandbox: Sandbox): void {
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    sandbox.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        warn(`the sandbox did not stop cleanly: ${String(error)}`)
        process.exit(1)
      },
    )
  }
  process.stdin.on('end', stop).on('close', stop).on('error', stop).resume()
  process.on('SIGTERM', stop)
  process.on('SIGINT', () => {
    if (process.stdin.isTTY) stop()
  })
}

await main()
