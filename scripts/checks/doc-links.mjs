import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { root } from '../steps/root.mjs'

const skipped = new Set(['node_modules', '.git', '.next', '.data', '.test', 'dist'])

/** Every relative link in the project's Markdown leads to a file, and every `#heading` to a heading. */
export function checkDocLinks() {
  const failures = []
  let links = 0
  for (const file of markdownIn(root)) {
    const text = withoutCode(readFileSync(file, 'utf8'))
    for (const [, target] of text.matchAll(/\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)/g)) {
      if (/^[a-z][a-z0-9+.-]*:/i.test(target)) continue
      links++
      const fault = faultOf(file, target)
      if (fault) failures.push(`${relative(root, file)} links to ${target}: ${fault}`)
    }
  }
  return { passed: links - failures.length, failed: failures.length, failures }
}

function faultOf(file, target) {
  const [path, heading] = decodeURI(target).split('#')
  const full = path === '' ? file : path.startsWith('/') ? join(root, path) : resolve(dirname(file), path)
  if (!existsSync(full)) return 'there is no such file'
  if (!heading || !full.endsWith('.md')) return null
  return headingsOf(readFileSync(full, 'utf8')).includes(heading.toLowerCase())
    ? null
    : 'there is no such heading'
}

/** Anchors as GitHub makes them, numbered where a heading is repeated. */
export function headingsOf(markdown) {
  const seen = new Map()
  return withoutCode(markdown)
    .split('\n')
    .flatMap((line) => /^#{1,6}\s+(.*?)\s*#*$/.exec(line)?.[1] ?? [])
    .map((heading) => {
      const anchor = heading
        .toLowerCase()
        .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replace(/\s/g, '-')
      const count = seen.get(anchor) ?? 0
      seen.set(anchor, count + 1)
      return count === 0 ? anchor : `${anchor}-${count}`
    })
}

function withoutCode(markdown) {
  return markdown
    .replace(/^(```|~~~)[\s\S]*?^\1/gm, '')
    .replace(/`[^`\n]*`/g, (code) => code.replace(/[[\]()]/g, ' '))
}

function* markdownIn(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (skipped.has(entry.name)) continue
    if (entry.isDirectory()) yield* markdownIn(join(folder, entry.name))
    else if (entry.name.endsWith('.md')) yield join(folder, entry.name)
  }
}
