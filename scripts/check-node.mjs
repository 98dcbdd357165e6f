// Read by any Node there is, so the syntax is old on purpose.
import { readFileSync } from 'node:fs'

/** Says what is wrong with this Node, or `null`; the bound is `engines.node` of package.json (`>=20.19`). */
export function nodeFault(version) {
  const needed = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).engines.node
  const [major, minor] = needed.replace('>=', '').split('.').map(Number)
  const [ownMajor, ownMinor] = version.split('.').map(Number)
  if (ownMajor > major || (ownMajor === major && ownMinor >= minor)) return null
  return `Patchbay needs Node ${major}.${minor} or later; this is ${version}. Get a newer one from https://nodejs.org.`
}
