import { spawn } from 'node:child_process'
import { root } from './root.mjs'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Runs a command to its end and returns what it said. A signal that reaches us meanwhile is passed on, and ends us after it.
 * With `allowFailure` a failing command resolves too, else it rejects with the end of its output.
 */
export async function run(file, args, { env = {}, allowFailure = false, inherit = false, words } = {}) {
  const child = spawn(file, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', inherit ? 'inherit' : 'pipe', inherit ? 'inherit' : 'pipe'],
  })
  const pass = (signal) => {
    child.kill(signal)
    child.once('close', () => process.exit(1))
  }
  for (const signal of signals) process.on(signal, pass)
  let stdout = ''
  let output = ''
  child.stdout?.setEncoding('utf8').on('data', (text) => {
    stdout += text
    output += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    output += text
  })
  try {
    const code = await new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (status, signal) => resolve(status ?? signal))
    })
    if (code !== 0 && !allowFailure) throw new Error(`${words ?? file} failed (${code}).\n${tail(output)}`)
    return { code, stdout, output }
  } finally {
    for (const signal of signals) process.off(signal, pass)
  }
}

/** Runs a package's own program with this Node. */
export function runNode(script, args, options) {
  return run(process.execPath, [`${root}/node_modules/${script}`, ...args], options)
}

function tail(text) {
  return text.trimEnd().split('\n').slice(-60).join('\n')
}
