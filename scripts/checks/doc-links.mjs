import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { root } from '../steps/root.mjs'

const skipped = new Set(['node_modules', '.git', '.next', '.data', '.test', 'dist'])

/** Every relative link in the project's Markdown leads to a file, and every `#heading` to a heading. */
export function checkDocLinks() {
  const failures = []
  let links = 0
  for (const file of markdownIn(root)) {
    const found = linkFaults(file, readFileSync(file, 'utf8'))
    links += found.links
    failures.push(...found.faults)
  }
  return { passed: links - failures.length, failed: failures.length, failures }
}

/** How many relative links a document has, and in words those that lead nowhere. */
export function linkFaults(file, markdown) {
  const targets = [...withoutCode(markdown).matchAll(/\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)/g)]
    .map(([, target]) => target)
    .filter((target) => !/^[a-z][a-z0-9+.-]*:/i.test(target))
  const faults = targets.flatMap((target) => {
    const fault = faultOf(file, markdown, target)
    return fault ? [`${relative(root, file)} links to ${target}: ${fault}`] : []
  })
  return { links: targets.length, faults }
}

function faultOf(file, markdown, target) {
  const [path, heading] = decodeURI(target).split('#')
  const full = path.startsWith('/') ? join(root, path) : resolve(dirname(file), path)
  if (path !== '' && !existsSync(full)) return 'there is no such file'
  if (!heading || (path !== '' && !full.endsWith('.md'))) return null
  const text = path === '' ? markdown : readFileSync(full, 'utf8')
  return headingsOf(text).includes(heading.toLowerCase()) ? null : 'there is no such heading'
}

/** Anchors as GitHub makes them, numbered where a heading is repeated. */
export function headingsOf(markdown) {
  const seen = new Map()
  return withoutFences(markdown)
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

function withoutFences(markdown) {
  return markdown.replace(/^(```|~~~)[\s\S]*?^\1/gm, '')
}

function withoutCode(markdown) {
  return withoutFences(markdown).replace(/`[^`\n]*`/g, (code) => code.replace(/[[\]()]/g, ' '))
}

function* markdownIn(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (skipped.has(entry.name)) continue
    if (entry.isDirectory()) yield* markdownIn(join(folder, entry.name))
    else if (entry.name.endsWith('.md')) yield join(folder, entry.name)
  }
}
