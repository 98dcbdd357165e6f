import type { PatchbayClient, ProxyOptions } from './client'

/** An answer of a provider that is no page. */
export class PageFault extends Error {
  override readonly name = 'PageFault'
  constructor(readonly response: Response) {
    super(`The provider answered ${response.status}.`)
  }
}

type Source = Pick<PatchbayClient, 'proxy'>
type OutreachBody<Item> = { data: Item[]; links?: { next?: string | null } }
type EnvoyBody<Item> = { data: Item[]; meta: { page: number; perPage: number; total: number } }

/**
 * Pages of an Outreach collection, by the cursor in `links.next`. Only the link's path and query are used, so a page cannot lead
 * to another host; one that leaves the collection or turns in a circle is an error.
 *
 * @param path `api/v2/prospects?page[size]=100`
 * @throws PatchbayProblem, PageFault
 */
export async function* outreachPages<Item>(
  patchbay: Source,
  connectionId: string,
  path: string,
  options?: ProxyOptions,
): AsyncGenerator<Item[], void, void> {
  const collection = pathOf(path)
  const seen = new Set<string>()
  let origin: string | null = null
  for (let next: string | null = path; next !== null; ) {
    seen.add(next)
    const body: OutreachBody<Item> = await readJson(patchbay, connectionId, next, options)
    yield body.data
    const link: string | null = body.links?.next ?? null
    if (link === null) return
    const url: URL = new URL(link)
    origin ??= url.origin
    next = url.pathname.slice(1) + url.search
    if (url.origin !== origin || pathOf(next) !== collection || seen.has(next))
      throw new Error('The link to the next page leads elsewhere.')
  }
}

/**
 * Pages of an Envoy v1 list, by `page` and `perPage` until `meta.total` is reached.
 *
 * @param path `v1/locations`, with a query if need be
 * @throws PatchbayProblem, PageFault
 */
export async function* envoyPages<Item>(
  patchbay: Source,
  connectionId: string,
  path: string,
  { perPage = 100, ...options }: ProxyOptions & { perPage?: number } = {},
): AsyncGenerator<Item[], void, void> {
  for (let page = 1, seen = 0; ; page += 1) {
    const place = withQuery(path, { page, perPage })
    const body: EnvoyBody<Item> = await readJson(patchbay, connectionId, place, options)
    yield body.data
    seen += body.data.length
    if (body.data.length === 0 || seen >= body.meta.total) return
  }
}

/**
 * Pages of an Outstand list, by `page` and `per_page` (100 at most) until one is short. It tells no total; asked beyond the last
 * page it answers 404 or 400.
 *
 * @param path `api/v1/contacts.json`, with a query if need be
 * @throws PatchbayProblem, PageFault
 */
export async function* outstandPages<Item>(
  patchbay: Source,
  connectionId: string,
  path: string,
  { perPage = 100, ...options }: ProxyOptions & { perPage?: number } = {},
): AsyncGenerator<Item[], void, void> {
  for (let page = 1; ; page += 1) {
    const place = withQuery(path, { page, per_page: perPage })
    const response = await patchbay.proxy(connectionId, place, {}, options)
    if (page > 1 && (response.status === 404 || response.status === 400)) {
      await response.body?.cancel()
      return
    }
    if (!response.ok) throw new PageFault(response)
    const items: Item[] = await response.json()
    yield items
    if (items.length < perPage) return
  }
}

async function readJson<Body>(
  patchbay: Source,
  connectionId: string,
  path: string,
  options: ProxyOptions | undefined,
): Promise<Body> {
  const response = await patchbay.proxy(connectionId, path, {}, options)
  if (!response.ok) throw new PageFault(response)
  return response.json()
}

function pathOf(place: string): string {
  return place.replace(/^\/+/, '').split('?', 1)[0] ?? ''
}

function withQuery(path: string, more: Record<string, number>): string {
  const query = new URLSearchParams(path.split('?').slice(1).join('?'))
  for (const [name, value] of Object.entries(more)) query.set(name, String(value))
  return `${pathOf(path)}?${query}`
}
