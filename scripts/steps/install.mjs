import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.mjs'
import { run } from './run.mjs'
import { step } from './step.mjs'

/** Installs the locked packages, development ones too, unless node_modules has exactly them. */
export async function install() {
  if (isInstalled()) return
  await step('Installing packages (npm ci; the first time takes a minute)', () => {
    const options = { words: 'npm ci', env: { NODE_ENV: 'development' } }
    const args = ['ci', '--include=dev', '--ignore-scripts=false', '--no-audit', '--no-fund']
    const npm = process.env.npm_execpath
    return npm?.endsWith('npm-cli.js')
      ? run(process.execPath, [npm, ...args], options)
      : run('npm', args, options)
  })
}

/** npm writes its own list of what it installed last of all, so a killed install counts as none. */
function isInstalled() {
  const wanted = packagesIn('package-lock.json')
  const present = packagesIn('node_modules/.package-lock.json')
  if (!wanted || !present) return false
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true
    const found = present[path]
    return found ? found.version === entry.version && found.integrity === entry.integrity : entry.optional
  })
}

function packagesIn(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), 'utf8')).packages
  } catch {
    return null
  }
}
