import type { Operation } from './operation'

export type Route =
  | { kind: 'found'; operation: Operation; params: Record<string, string> }
  /** The path exists; `allow` names its methods. */
  | { kind: 'other_method'; allow: string }
  | { kind: 'none' }

export type Routes = (method: string, path: string) => Route

type Template = { operation: Operation; parts: readonly Part[] }
type Part = { name: string } | { literal: string }

/** Finds the operation of a path as it was sent: a percent-encoded slash or dot stays inside its part. */
export function createRoutes(operations: readonly Operation[]): Routes {
  const templates = operations.map((operation) => ({ operation, parts: partsOf(operation.path) }))
  return (method, path) => {
    const sent = path.split('/').slice(1)
    const allowed = new Set<string>()
    for (const template of templates) {
      const params = match(template, sent)
      if (!params) continue
      const { methods } = template.operation
      if (takes(methods, method)) return { kind: 'found', operation: template.operation, params }
      for (const each of methods) allowed.add(each)
    }
    return allowed.size === 0 ? { kind: 'none' } : { kind: 'other_method', allow: allowOf(allowed) }
  }
}

function takes(methods: readonly string[], method: string): boolean {
  return methods.includes(method) || (method === 'HEAD' && methods.includes('GET'))
}

/** What `Allow` names: HEAD goes with GET, OPTIONS with everything. */
function allowOf(methods: ReadonlySet<string>): string {
  return [...new Set([...methods, ...(methods.has('GET') ? ['HEAD'] : []), 'OPTIONS'])].join(', ')
}

function partsOf(template: string): Part[] {
  return template
    .split('/')
    .slice(1)
    .map((text) => (/^\{\w+\}$/.test(text) ? { name: text.slice(1, -1) } : { literal: text }))
}

function match({ operation, parts }: Template, sent: readonly string[]): Record<string, string> | null {
  if (operation.takesRest ? sent.length < parts.length : sent.length !== parts.length) return null
  const params: Record<string, string> = {}
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at]
    const text = sent[at]
    if (part === undefined || text === undefined) return null
    if ('literal' in part) {
      if (part.literal !== text) return null
    } else
      params[part.name] = operation.takesRest && at === parts.length - 1 ? sent.slice(at).join('/') : text
  }
  return params
}
