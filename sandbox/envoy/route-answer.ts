/** One choice of a field of a setup step. */
export type FieldOption = { readonly label: string; readonly value: string }

/** What came back from the app for a `route` webhook, before it is judged. */
export type WebhookAnswer =
  | { kind: 'answered'; status: number; body: string }
  | { kind: 'timeout' }
  | { kind: 'unreachable' }

export type RouteVerdict =
  | { kind: 'merge'; config: Record<string, unknown> }
  | { kind: 'options'; options: FieldOption[] }
  /** The installer reads the message and cannot go on. */
  | { kind: 'blocked'; message: string }

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function readOption(item: unknown): FieldOption | null {
  if (!isObject(item) || typeof item.label !== 'string') return null
  if (typeof item.value !== 'string' && typeof item.value !== 'number') return null
  return { label: item.label, value: String(item.value) }
}

/** A route whose name ends so is asked for a list, any other for an object (design 2C). */
export function wantsList(route: string): boolean {
  return route.endsWith('-options')
}

/**
 * Judges the answer to a route webhook (providers.md 2.7): 2xx with a list for `-options`, 2xx with an object otherwise;
 * a 4xx shows its `message`; everything else shows Envoy's own words.
 */
export function judgeRouteAnswer(route: string, answer: WebhookAnswer): RouteVerdict {
  const blocked = (message: string): RouteVerdict => ({ kind: 'blocked', message })
  if (answer.kind === 'timeout') return blocked('The app did not answer in time.')
  if (answer.kind === 'unreachable') return blocked('The app could not be reached.')
  const { status, body } = answer
  const value = parse(body)
  if (status >= 400 && status < 500 && isObject(value) && typeof value.message === 'string') {
    return blocked(value.message)
  }
  if (status < 200 || status >= 300) return blocked(`The app answered with status ${status}.`)
  if (!wantsList(route)) {
    return isObject(value)
      ? { kind: 'merge', config: value }
      : blocked('The app did not answer with an object.')
  }
  if (!Array.isArray(value)) return blocked('The app did not answer with a list of options.')
  const options = value.map(readOption)
  const known = options.filter((option) => option !== null)
  return known.length === options.length
    ? { kind: 'options', options: known }
    : blocked('An option of the app has no label or no value.')
}
