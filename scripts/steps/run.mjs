import { spawn } from 'node:child_process'
import { root } from './root.mjs'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** A signal ended the command: what it began is put away, nothing more is begun. */
export class Interrupted extends Error {
  name = 'Interrupted'
}

let held = null

/** From now on a signal ends the command at its next or running step, so that what it began can be put away. */
export function holdSignals() {
  for (const signal of signals)
    process.on(signal, () => {
      held = signal
    })
}

/**
 * Runs a command to its end and returns its exit code and what it said. A signal that reaches us meanwhile is passed on to
 * it; then, and when the command fails (unless `allowFailure`), the promise is rejected, with the end of the output.
 */
export async function run(file, args, { env = {}, allowFailure = false, words = file } = {}) {
  if (held) throw new Interrupted(`${words} was not begun, because of ${held}.`)
  const child = spawn(file, args, {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let signalled = null
  const pass = (signal) => {
    signalled = signal
    child.kill(signal)
  }
  for (const signal of signals) process.on(signal, pass)
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      output += text
    })
  try {
    const code = await new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (status, signal) => resolve(status ?? signal))
    })
    if (signalled) throw new Interrupted(`${words} was stopped by ${signalled}.`)
    if (code !== 0 && !allowFailure) throw new Error(`${words} failed (${code}).\n${ends(output)}`)
    return { code, output }
  } finally {
    for (const signal of signals) process.off(signal, pass)
  }
}

/** Runs a package's own program with this Node. */
export function runNode(script, args, options) {
  return run(process.execPath, [`${root}/node_modules/${script}`, ...args], options)
}

/** The last lines of an output. */
export function tail(text, lines = 60) {
  return text.trimEnd().split('\n').slice(-lines).join('\n')
}

/** The first and the last lines: npm says what is wrong first, others last. */
function ends(text) {
  const lines = text.trimEnd().split('\n')
  if (lines.length <= 60) return lines.join('\n')
  return [...lines.slice(0, 20), '…', ...lines.slice(-40)].join('\n')
}
