import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run, runNode } from './run.mjs'

const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge']
const macApps = ['Google Chrome', 'Chromium', 'Microsoft Edge']

/**
 * Finds a Chromium that starts, in this order: one named by CHROME_PATH, Playwright's own, one of the system; else installs
 * one, Playwright's own first, Debian's package where that fails. Returns its path and, in words, which one it is.
 */
export async function findBrowser() {
  const named = process.env.CHROME_PATH
  if (named) {
    if (await starts(named)) return { path: named, words: `the browser named by CHROME_PATH, ${named}` }
    throw new Error(`CHROME_PATH names ${named}, which does not start.`)
  }
  const { chromium } = await import('playwright')
  const own = chromium.executablePath()
  if (await starts(own)) return { path: own, words: `Playwright's own Chromium, ${own}` }
  const system = await firstThatStarts(systemBrowsers())
  if (system) return { path: system, words: `the system's browser, ${system}` }
  const download = await runNode('@playwright/test/cli.js', ['install', 'chromium'], { allowFailure: true })
  if (download.code === 0 && (await starts(own)))
    return { path: own, words: `Playwright's own Chromium, installed now: ${own}` }
  if (process.getuid?.() === 0 && (await installPackage())) {
    const installed = await firstThatStarts(systemBrowsers())
    if (installed)
      return { path: installed, words: `the system's package chromium, installed now: ${installed}` }
  }
  throw new Error(
    "No Chromium was found, and none could be installed. Install Chrome or Chromium, or name one by CHROME_PATH. Playwright's words:\n" +
      download.output.trim().split('\n').slice(-5).join('\n'),
  )
}

async function installPackage() {
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const done = await run('apt-get', args, { allowFailure: true, env }).catch(() => ({ code: 1 }))
    if (done.code !== 0) return false
  }
  return true
}

function systemBrowsers() {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name)))
  const apps = macApps.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`)
  return [...found, ...apps].filter((path) => existsSync(path))
}

async function firstThatStarts(paths) {
  for (const path of paths) if (await starts(path)) return path
  return null
}

async function starts(path) {
  if (!existsSync(path)) return false
  const tried = await run(path, ['--version'], { allowFailure: true }).catch(() => ({ code: 1 }))
  return tried.code === 0
}
