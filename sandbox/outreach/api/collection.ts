import { z } from 'zod'
import type { Org } from '../data/orgs'
import { jsonApi } from './json-api'
import { listPage } from './list-page'
import { addRecord, type ChangedRecords, changeRecord, recordsOf, removeRecord } from './records'
import { badParameter, resourceNotFound, validationError } from './refusals'
import type { ApiRecord, Attributes, Resource } from './resources'

/** One collection as one caller sees it. `address` is its absolute URL. */
export type CollectionView = {
  readonly kind: Resource
  readonly org: Org
  readonly address: string
  readonly changed: ChangedRecords
}

const documentSchema = z.object({
  data: z.object({
    type: z.string(),
    id: z.union([z.number(), z.string()]).optional(),
    attributes: z.record(z.string(), z.unknown()).optional(),
  }),
})

/** `GET /{collection}`: one cursor page, with `meta.count` only for `count=true` (providers.md 1.2, pagination). */
export function answerList(view: CollectionView, query: URLSearchParams): Response {
  const page = listPage(recordsOf(view.changed, view.kind, view.org), query)
  if ('parameter' in page) return badParameter(page.parameter)
  const fields = query.get(`fields[${view.kind.type}]`)?.split(',')
  const links = {
    ...(page.next === undefined ? {} : { next: neighbour(view, query, 'page[after]', page.next) }),
    ...(page.prev === undefined ? {} : { prev: neighbour(view, query, 'page[before]', page.prev) }),
  }
  return jsonApi(200, {
    data: page.records.map((record) => present(view, record, fields)),
    links,
    ...(query.get('count') === 'true' ? { meta: { count: page.count, count_truncated: false } } : {}),
  })
}

/** `GET /{collection}/{id}`. */
export function answerRecord(view: CollectionView, id: string): Response {
  const record = find(view, id)
  return record === undefined ? absent(view, id) : jsonApi(200, { data: present(view, record) })
}

/** `POST /{collection}` with a JSON:API document. */
export function answerCreate(view: CollectionView, body: unknown, nowMs: number): Response {
  const document = readDocument(view, body)
  if (document instanceof Response) return document
  const lacking = view.kind.required.find((name) => isBlank(document.attributes[name]))
  if (lacking !== undefined)
    return validationError(`/data/attributes/${lacking}`, `${lacking} can't be blank.`)
  const record = addRecord(view.changed, view.kind, view.org, document.attributes, nowMs)
  return jsonApi(201, { data: present(view, record) })
}

/** `PATCH /{collection}/{id}` with a JSON:API document that names the same id. */
export function answerUpdate(view: CollectionView, id: string, body: unknown, nowMs: number): Response {
  const record = find(view, id)
  if (record === undefined) return absent(view, id)
  const document = readDocument(view, body)
  if (document instanceof Response) return document
  if (String(document.id) !== id) return validationError('/data/id', 'The id does not match the address.')
  const emptied = view.kind.required.find(
    (name) => name in document.attributes && isBlank(document.attributes[name]),
  )
  if (emptied !== undefined)
    return validationError(`/data/attributes/${emptied}`, `${emptied} can't be blank.`)
  const next = changeRecord(view.changed, view.kind, view.org, record, document.attributes, nowMs)
  return jsonApi(200, { data: present(view, next) })
}

/** `DELETE /{collection}/{id}`. */
export function answerDelete(view: CollectionView, id: string): Response {
  const record = find(view, id)
  if (record === undefined) return absent(view, id)
  removeRecord(view.changed, view.kind, view.org, record)
  return new Response(null, { status: 204 })
}

function find(view: CollectionView, id: string): ApiRecord | undefined {
  return recordsOf(view.changed, view.kind, view.org).find((record) => String(record.id) === id)
}

function absent(view: CollectionView, id: string): Response {
  return resourceNotFound(`Could not find '${view.kind.type}' with ID '${id}'.`)
}

function present(view: CollectionView, record: ApiRecord, fields?: readonly string[]): unknown {
  const shown = Object.entries(record.attributes).filter(([name]) => fields?.includes(name) ?? true)
  return {
    type: view.kind.type,
    id: record.id,
    attributes: Object.fromEntries(shown),
    links: { self: `${view.address}/${record.id}` },
  }
}

function neighbour(view: CollectionView, query: URLSearchParams, name: string, cursor: string): string {
  const next = new URLSearchParams(query)
  for (const old of ['page[after]', 'page[before]', 'page[offset]']) next.delete(old)
  next.set(name, cursor)
  return `${view.address}?${next}`
}

function readDocument(
  view: CollectionView,
  body: unknown,
): { id: number | string | undefined; attributes: Attributes } | Response {
  const parsed = documentSchema.safeParse(body)
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path ?? []
    return validationError(`/${path.join('/')}`, 'The body is not a JSON:API document.')
  }
  const { type, id, attributes } = parsed.data.data
  if (type !== view.kind.type)
    return validationError('/data/type', `The type of this collection is ${view.kind.type}.`)
  return { id, attributes: attributes ?? {} }
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}
