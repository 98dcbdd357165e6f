import { type Context, Hono } from 'hono'
import { readBody } from '../kernel/body'
import { noContent, notFound, unprocessable } from './answers'
import { userLevel } from './api-guard'
import { computedRows } from './collections'
import { contactRows, createContact, deleteContact, type SavedContact, updateContact } from './contacts'
import { listPage } from './list-page'
import { type ContactEvent, tellContact } from './notify'
import type { GuardedEnv, Outstand } from './outstand-parts'
import { profileRows } from './profiles'
import type { Row } from './row-makers'

/** The user level endpoints of seed 004: eighteen collections to read, contacts to write too. */
export function userApi(parts: Outstand): Hono<GuardedEnv> {
  const { store, context } = parts
  const api = new Hono<GuardedEnv>()
  api.use(userLevel(parts))
  const rowsOf = (c: Context<GuardedEnv>, part: string) => {
    const [name, ownerId] = [withoutJson(part), c.get('ownerId')]
    if (name === 'contacts') return contactRows(store.state, ownerId)
    const owner = store.state.users.find(({ id }) => id === ownerId)
    return name === 'profiles' && owner !== undefined ? profileRows(owner) : computedRows(name, ownerId)
  }

  api.get('/:collection', (c) => {
    const rows = rowsOf(c, c.req.param('collection'))
    return rows === undefined ? notFound() : pageOf(c, rows)
  })
  api.get('/:collection/:id', (c) => {
    const id = withoutJson(c.req.param('id'))
    const row = rowsOf(c, c.req.param('collection'))?.find((one) => String(one.id) === id)
    return row === undefined ? notFound() : c.json(row.json)
  })
  api.get('/:parent/:id/:collection', (c) => {
    const { parent, id, collection } = c.req.param()
    const rows = rowsOf(c, collection)
    if (rows === undefined || rowsOf(c, parent)?.some((one) => String(one.id) === id) !== true)
      return notFound()
    return pageOf(
      c,
      rows.filter((row) => String(row.parents[parent]) === id),
    )
  })
  api.post('/contacts.json', async (c) => {
    const { json } = await readBody(c)
    const saved = createContact(store.state, c.get('ownerId'), json, context.clock.nowMs())
    return answerSaved(parts, c.get('ownerId'), saved, 'contact_create')
  })
  api.put('/contacts/:id', async (c) => {
    const { json } = await readBody(c)
    const id = Number(withoutJson(c.req.param('id')))
    const saved = updateContact(store.state, c.get('ownerId'), id, json, context.clock.nowMs())
    return answerSaved(parts, c.get('ownerId'), saved, 'contact_update')
  })
  api.delete('/contacts/:id', async (c) => {
    const id = Number(withoutJson(c.req.param('id')))
    if (!deleteContact(store.state, c.get('ownerId'), id)) return notFound()
    await store.commit()
    tellContact(parts, c.get('ownerId'), 'contact_delete', id)
    return noContent()
  })
  api.all('*', () => notFound())
  return api
}

/** Collections are called with `.json`; the document of channels leaves it out. */
function withoutJson(part: string): string {
  return part.replace(/\.json$/, '')
}

function pageOf(c: Context<GuardedEnv>, rows: readonly Row[]): Response {
  const page = listPage(rows, new URL(c.req.url).searchParams)
  return page.kind === 'missing' ? notFound() : c.json(page.rows.map(({ json }) => json))
}

async function answerSaved(
  parts: Outstand,
  ownerId: string,
  saved: SavedContact,
  event: ContactEvent,
): Promise<Response> {
  if (saved.kind === 'missing') return notFound()
  if (saved.kind === 'invalid') return unprocessable(saved.errors)
  await parts.store.commit()
  const { id, json } = saved.row
  tellContact(parts, ownerId, event, Number(id))
  if (event !== 'contact_create') return Response.json(json)
  const location = `${parts.context.baseUrl}/api/v1/contacts/${id}.json`
  return Response.json(json, { status: 201, headers: { location } })
}
