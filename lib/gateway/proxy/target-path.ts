import { PatchbayError } from '../../core/errors'
import type { ProxyHost, ProxyRules } from '../../providers/contract'

/** A path or query is sent as it came, in printable ASCII. */
const plainPath = /^[!-~]*$/
const plainSearch = /^(?:\?[!-~]*)?$/
/**
 * What some servers read as a slash or as the path's end, a percent sign that begins no octet, and octets that UTF-8 never has:
 * some servers read `%c0%ae` as a dot.
 */
const unsafe = /[\\?#]|%(?![0-9a-f]{2})|%c[01]/i
/** Segments in which there is nothing to decode and nothing to tidy but their case; as most paths are. */
const ordinary = /^(?:[\w-]+\/)*[\w-]+$/
/** A path that is still encoded after this many rounds hides something. */
const roundsMax = 3

/** A provider's rules with its hosts' addresses taken apart, once for all calls. */
export type PlacedRules = Omit<ProxyRules, 'hosts'> & { hosts: readonly PlacedHost[] }
export type PlacedHost = ProxyHost & { url: URL; prefix: string }

export function placeRules(rules: ProxyRules): PlacedRules {
  const hosts = rules.hosts.map((host) => {
    const url = new URL(host.base)
    return { ...host, url, prefix: url.pathname.replace(/\/+$/, '') }
  })
  return { ...rules, hosts }
}

export type TargetPath = { host: PlacedHost; path: string }

/**
 * Finds the host that takes a path and the path there, its percent-encoding as it came. However a server may decode or tidy it,
 * the path stays below the host's base and off what the provider's rules refuse.
 *
 * @param path what follows the connection's id, without the leading slash
 * @param search query with its `?`, or nothing
 * @throws PatchbayError `path_not_allowed`
 */
export function targetPath(rules: PlacedRules, path: string, search: string): TargetPath {
  if (!plainPath.test(path) || !plainSearch.test(search) || unsafe.test(path) || search.includes('#'))
    throw notAllowed()
  const readings = readingsOf(path)
  if (readings.some(climbs)) throw notAllowed()
  const host = rules.hosts.find(({ takes }) => takes.some((prefix) => isBelow(path, prefix)))
  if (!host) throw notAllowed()
  const tidied = readings.map(tidy)
  if (host.refuses.some((prefix) => tidied.some((reading) => isBelow(reading, prefix)))) throw notAllowed()
  return { host, path: `${host.prefix}/${path}${search}` }
}

/** The path as it came, and as servers read it that decode it once or again. */
function readingsOf(path: string): string[] {
  const readings = [path]
  let reading = path
  while (reading.includes('%')) {
    const next = decodeOctets(reading)
    if (next === reading) break
    if (readings.length > roundsMax) throw notAllowed()
    readings.push(next)
    reading = next
  }
  return readings
}

/** Octet by octet, whatever the character set; the path's meaning is the provider's to read. */
function decodeOctets(path: string): string {
  return path.replace(/%([0-9a-f]{2})/gi, (_octet, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  )
}

/** Whether a server might leave the path's folder, or the host, for it: also by leaving out a segment that has no name. */
function climbs(reading: string): boolean {
  if (ordinary.test(reading)) return false
  if (/[\p{Cc}\\]|%c[01]/iu.test(reading)) return true
  const segments = reading.split('/')
  return segments.some((segment, at) => {
    const name = nameOf(segment)
    return name === '' ? at < segments.length - 1 : /^\.{1,2}$/.test(name)
  })
}

/** A segment without what some servers cut off: parameters (`..;x`), a query that was encoded, blanks. */
function nameOf(segment: string): string {
  return segment.split(/[;?#]/, 1)[0]?.trim() ?? ''
}

/** For comparing with what is refused: servers may not mind case, parameters or blanks. */
function tidy(reading: string): string {
  if (ordinary.test(reading)) return reading.toLowerCase()
  return reading
    .toLowerCase()
    .split('/')
    .map((segment) => nameOf(segment).replace(/\.+$/, ''))
    .join('/')
}

function isBelow(path: string, prefix: string): boolean {
  return prefix === '' || path === prefix || path.startsWith(`${prefix}/`)
}

function notAllowed(): PatchbayError {
  return new PatchbayError(
    'path_not_allowed',
    'This path is not proxied: write the path of the provider’s API, without dots, and none of its token or sign-in pages.',
  )
}
