import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { readBody } from '../kernel/body'
import { randomToken, sameText } from '../kernel/tokens'
import { badRequest, noContent, notFound, unprocessable } from './answers'
import { applicationLevel } from './api-guard'
import { doorkeeperClient, WHITE_LABEL_APP, whiteLabelToken } from './apps'
import { listPage } from './list-page'
import { tellStatus } from './notify'
import type { GuardedEnv, Outstand } from './outstand-parts'
import { presentUsers } from './people'
import { type OutstandUser, USER_SCOPES } from './state'

/** The application level endpoints (application_endpoints.md): the users of the white label, with their tokens. */
export function applicationApi(parts: Outstand): Hono<GuardedEnv> {
  const { store, context } = parts
  const api = new Hono<GuardedEnv>()
  const own = () => presentUsers(store.state).filter(({ whiteLabel }) => whiteLabel)
  const named = (c: Context<GuardedEnv>) =>
    own().find(({ username }) => `${username}.json` === c.req.param('username'))
  const guard = applicationLevel(parts)

  api.get('/users.json', guard, (c) => {
    const page = listPage(own(), new URL(c.req.url).searchParams)
    return page.kind === 'missing' ? badRequest() : c.json(page.rows.map((user) => userDocument(parts, user)))
  })
  api.get('/users/:username', guard, (c) => {
    const user = named(c)
    return user === undefined ? notFound() : c.json(userDocument(parts, user))
  })
  api.post('/white_labels/:token/users', guard, async (c) => {
    if (!sameText(c.req.param('token'), whiteLabelToken(context))) return notFound()
    return createUser(parts, (await readBody(c)).json)
  })
  api.patch('/users/:username', guard, async (c) => {
    const user = named(c)
    if (user === undefined) return notFound()
    const wish = z.object({ status: z.enum(['active', 'disabled']) }).safeParse((await readBody(c)).json)
    if (!wish.success) return badRequest()
    if (user.status === 'needs_plan' || user.status === 'incomplete')
      return unprocessable({ status: ["can't be changed before a plan is chosen"] })
    user.status = wish.data.status
    await store.commit()
    tellStatus(parts, user)
    return noContent()
  })
  api.delete('/users/:username', guard, async (c) => {
    const user = named(c)
    if (user === undefined) return notFound()
    user.deletedAtMs = context.clock.nowMs()
    user.status = 'canceled'
    tellStatus(parts, user)
    await store.commit()
    await parts.doorkeeper.revoke({ ownerId: user.id })
    return noContent()
  })
  return api
}

const REQUIRED = ['username', 'password', 'first_name', 'last_name', 'email'] as const
const newUser = z.looseObject(Object.fromEntries(REQUIRED.map((name) => [name, z.string().optional()])))

/** Creates a user with their first pair of tokens: 201 with Location, or 422 by attribute. */
async function createUser(parts: Outstand, json: unknown): Promise<Response> {
  const { store, context, doorkeeper } = parts
  const read = newUser.safeParse(json)
  const given = (name: (typeof REQUIRED)[number]) => {
    const value = read.success ? read.data[name] : undefined
    return typeof value === 'string' ? value.trim() : ''
  }
  const errors: Record<string, string[]> = {}
  for (const name of REQUIRED) if (given(name) === '') errors[name] = ["can't be blank"]
  const { users } = store.state
  const taken = ['has already been taken']
  if (users.some(({ username }) => username === given('username'))) errors.username = taken
  if (users.some(({ email }) => email === given('email'))) errors.email = taken
  if (Object.keys(errors).length > 0) return unprocessable(errors)
  const user: OutstandUser = {
    id: String(store.state.nextUserId),
    username: given('username'),
    firstName: given('first_name'),
    lastName: given('last_name'),
    email: given('email'),
    accountId: String(10_000 + store.state.nextUserId),
    whiteLabel: true,
    status: 'active',
    authenticationToken: randomToken(),
    deletedAtMs: null,
  }
  store.state.nextUserId += 1
  users.push(user)
  const client = clientOf(parts)
  doorkeeper.issue({ client, ownerId: user.id, grantType: 'authorization_code' }, USER_SCOPES)
  context.issued('authentication_token', user.authenticationToken)
  await Promise.all([store.commit(), doorkeeper.commit()])
  tellStatus(parts, user)
  return Response.json(userDocument(parts, user), {
    status: 201,
    headers: { location: `${context.baseUrl}/api/v1/users/${user.username}.json` },
  })
}

function clientOf({ apps, store }: Outstand) {
  const app = apps.find(({ key }) => key === WHITE_LABEL_APP)
  if (app === undefined) throw new Error('the white label has no app')
  return doorkeeperClient(app, store.state.settings.defaultScopes)
}

/** A user with the last valid pair of this application's tokens; an expired one is shown too, to be refreshed. */
function userDocument(parts: Outstand, user: OutstandUser): Record<string, unknown> {
  const client = clientOf(parts)
  const row = parts.doorkeeper
    .tokens()
    .findLast(
      (one) => one.ownerId === user.id && one.clientId === client.clientId && parts.doorkeeper.isLive(one),
    )
  const grantType = 'authorization_code' as const
  return {
    username: user.username,
    oauth2_token:
      row === undefined ? null : parts.doorkeeper.describe(row, { client, ownerId: user.id, grantType }),
    authentication_token: user.authenticationToken,
    email: user.email,
    status: user.status,
  }
}
