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
    const sent = path.split('/')
    const fitting = templates.filter((template) => fits(template, sent))
    const template = fitting.find(({ operation }) => takes(operation.methods, method))
    if (template) return { kind: 'found', operation: template.operation, params: paramsOf(template, sent) }
    if (fitting.length === 0) return { kind: 'none' }
    return { kind: 'other_method', allow: allowOf(fitting.flatMap(({ operation }) => operation.methods)) }
  }
}

function takes(methods: readonly string[], method: string): boolean {
  return methods.includes(method) || (method === 'HEAD' && methods.includes('GET'))
}

/** What `Allow` names: HEAD goes with GET, OPTIONS with everything. */
function allowOf(methods: readonly string[]): string {
  return [...new Set([...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'])].join(', ')
}

function partsOf(template: string): Part[] {
  return template
    .split('/')
    .map((text) => (/^\{\w+\}$/.test(text) ? { name: text.slice(1, -1) } : { literal: text }))
}

/** @param sent what stands between the slashes of the path, the empty text before the first included */
function fits({ operation, parts }: Template, sent: readonly string[]): boolean {
  if (operation.takesRest ? sent.length < parts.length : sent.length !== parts.length) return false
  return parts.every((part, at) => !('literal' in part) || part.literal === sent[at])
}

function paramsOf({ operation, parts }: Template, sent: readonly string[]): Record<string, string> {
  const params: Record<string, string> = {}
  for (const [at, part] of parts.entries()) {
    if ('literal' in part) continue
    const takesRest = operation.takesRest && at === parts.length - 1
    params[part.name] = takesRest ? sent.slice(at).join('/') : (sent[at] ?? '')
  }
  return params
}
