import type { Context } from 'hono'
import { html } from 'hono/html'
import { readBody } from '../kernel/body'
import type { SandboxEnv } from '../kernel/contract'
import { pageResponse } from '../kernel/page'
import type { Outstand } from './outstand-parts'
import { people } from './people'

/**
 * GET or POST /sso in the four forms of seed 004: the token in the Authorization header (either method), in
 * `?access_token=`, or in the body of a POST. Ends signed in, on a page that says as whom. It answers directly and does
 * not redirect: a browser that came from another site by POST would not show a new cookie to a redirect's target.
 */
export async function singleSignOn(
  { doorkeeper, store }: Outstand,
  c: Context<SandboxEnv>,
): Promise<Response> {
  const fields = c.req.method === 'POST' ? (await readBody(c)).fields : undefined
  const bearer = await doorkeeper.authenticate(c, fields)
  const ownerId = bearer.kind === 'live' ? bearer.row.ownerId : null
  const person = people(store.state).find(({ id }) => id === ownerId)
  if (person === undefined) return refusal()
  return pageResponse(
    {
      provider: 'Outstand',
      title: `Signed in as ${person.name}`,
      user: person.email,
      body: html`<p>You came in by single sign-on, without a password.</p>
<p><strong>${person.name}</strong><br><span class="soft">${person.email} · ${person.detail}</span></p>
<div class="actions"><a class="button" href="/">Go to the dashboard</a></div>`,
    },
    200,
    { 'set-cookie': await doorkeeper.signIn(person) },
  )
}

function refusal(): Promise<Response> {
  return pageResponse(
    {
      provider: 'Outstand',
      title: 'You could not be signed in',
      body: html`<p class="warning" role="alert">The access token is missing, has ended, or belongs to no person.</p>
<div class="actions"><a class="button quiet" href="/session/new">Sign in another way</a></div>`,
    },
    401,
  )
}
