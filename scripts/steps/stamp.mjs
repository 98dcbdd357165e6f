import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './root.mjs'

const ignored = /(^|\/)(node_modules|lib\/db\/generated)$|\.test\.tsx?$|\.md$/

/** One hash over the names and contents of files and folders (paths from the project's folder; missing ones count as empty). */
export function contentHash(paths) {
  const hash = createHash('sha256').update(process.version)
  for (const path of paths) addTo(hash, path)
  return hash.digest('hex')
}

function addTo(hash, path) {
  const full = join(root, path)
  const entry = statSync(full, { throwIfNoEntry: false })
  if (!entry || ignored.test(path)) return
  if (entry.isDirectory()) {
    for (const name of readdirSync(full).sort()) addTo(hash, `${path}/${name}`)
  } else {
    hash.update(`\0${path}\0`).update(readFileSync(full))
  }
}

/**
 * Does `work` unless it was done for the same content and its outputs are still there.
 * `outputs` are files that the work makes; their presence is part of "up to date".
 */
export async function unlessDone({ name, inputs, outputs }, work) {
  const stamp = join(root, 'dist', '.stamps', name)
  const wanted = contentHash(inputs)
  const kept = existsSync(stamp) ? readFileSync(stamp, 'utf8') : ''
  if (kept === wanted && outputs.every((path) => existsSync(join(root, path)))) return
  rmSync(stamp, { force: true })
  await work()
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, wanted)
}
