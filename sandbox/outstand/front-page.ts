import type { Context } from 'hono'
import { html } from 'hono/html'
import type { SandboxEnv } from '../kernel/contract'
import { pageResponse } from '../kernel/page'
import { contactRows } from './contacts'
import type { Outstand } from './outstand-parts'

/** GET /: who is signed in and what they have, or the way to sign in. */
export function frontPage({ doorkeeper, store, apps }: Outstand, c: Context<SandboxEnv>): Promise<Response> {
  const person = doorkeeper.person(c)
  if (person === null)
    return pageResponse({
      provider: 'Outstand',
      title: 'Outstand',
      body: html`<p>Contacts, groups and messages of people who do not exist.</p>
<div class="actions"><a class="button" href="/session/new">Sign in</a></div>`,
    })
  const connected = apps.filter(({ clientId }) =>
    doorkeeper
      .tokens()
      .some((row) => row.ownerId === person.id && row.clientId === clientId && doorkeeper.isLive(row)),
  )
  return pageResponse({
    provider: 'Outstand',
    title: `Dashboard of ${person.name}`,
    user: person.email,
    body: html`<p>${contactRows(store.state, person.id).length} contacts · ${person.detail}</p>
<h2>Connected applications</h2>
${connected.length === 0 ? html`<p class="soft">None.</p>` : html`<ul>${connected.map(({ name }) => html`<li>${name}</li>`)}</ul>`}
<form method="post" action="/session/end"><input type="hidden" name="return_to" value="/">
<div class="actions"><button class="quiet">Sign out</button></div></form>`,
  })
}
