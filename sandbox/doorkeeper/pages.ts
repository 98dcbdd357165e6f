import { html } from 'hono/html'
import { pageResponse } from '../kernel/page'
import type { OAuthError } from './answers'
import type { DoorkeeperOptions, Person } from './options'
import type { PreAuthorization } from './pre-authorize'
import type { SignedIn } from './sessions'

/** Choose who to be: there are no passwords here. */
export function signInPage(options: DoorkeeperOptions, returnTo: string): Promise<Response> {
  return pageResponse({
    provider: options.label,
    title: `Sign in to ${options.label}`,
    body: html`<p class="soft">Choose who you are. The sandbox asks for no password.</p>
<form method="post" action="/session">
<input type="hidden" name="return_to" value="${returnTo}">
<ul class="choices">${options.people().map(personChoice)}</ul>
</form>`,
  })
}

function personChoice(person: Person) {
  return html`<li><button name="person" value="${person.id}">${person.name}<br>
<small>${person.email} · ${person.detail}</small></button></li>`
}

/** Allow or Deny. The whole request travels in the form, as Doorkeeper's own page does. */
export function consentPage(
  options: DoorkeeperOptions,
  request: PreAuthorization,
  who: SignedIn,
  query: URLSearchParams,
): Promise<Response> {
  const notice = options.consentNotice?.(request.client, who.person) ?? null
  const hidden = [...query].map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )
  const scopes = request.scopes.map((scope) => html`<li><code>${scope}</code>${words(options, scope)}</li>`)
  return pageResponse({
    provider: options.label,
    title: 'Authorization required',
    user: who.person.email,
    body: html`${notice === null ? '' : html`<p class="warning">${notice}</p>`}
<p>Authorize <strong>${request.client.name}</strong> to use your account
<strong>${who.person.name}</strong> (${who.person.detail})?</p>
${scopes.length === 0 ? html`<p class="soft">It asks for no scopes.</p>` : html`<p>It will be able to use:</p><ul class="scopes">${scopes}</ul>`}
<p class="soft">You will be sent back to <code>${new URL(request.redirectUri).origin}</code>.</p>
<form method="post" action="/oauth/authorize">
${hidden}
<input type="hidden" name="authenticity_token" value="${who.session.formToken}">
<div class="actions">
<button name="decision" value="allow">Allow</button>
<button name="decision" value="deny" class="quiet">Deny</button>
</div>
</form>
<form method="post" action="/session/end">
<input type="hidden" name="return_to" value="/oauth/authorize?${query.toString()}">
<p class="soft">Not ${who.person.name}? <button class="quiet">Sign in as somebody else</button></p>
</form>`,
  })
}

function words(options: DoorkeeperOptions, scope: string) {
  const described = options.describeScope?.(scope)
  return described === undefined ? '' : html` <span class="soft">${described}</span>`
}

/** An authorization request that nobody can be asked about: status 200 and no redirect, as measured. */
export function errorPage(options: DoorkeeperOptions, error: OAuthError): Promise<Response> {
  return pageResponse({
    provider: options.label,
    title: 'An error has occurred',
    body: html`<p class="warning" role="alert">${error.description}</p>
<p class="soft"><code>${error.error}</code></p>`,
  })
}

/** A form whose session is gone or another one. */
export function staleFormPage(options: DoorkeeperOptions): Promise<Response> {
  return pageResponse(
    {
      provider: options.label,
      title: 'This page is out of date',
      body: html`<p>You have signed in or out since it was opened. Go back to the application and start again.</p>`,
    },
    422,
  )
}
