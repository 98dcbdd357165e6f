import { html } from 'hono/html'
import { pageResponse } from '../../kernel/page'
import type { EnvoyPlugin } from '../apps'
import { type EnvoyLocation, type EnvoyPerson, findCompany } from '../directory'
import { describeScope } from '../scopes'
import type { EnvoyInstall } from '../state'

export type PlaceToInstall = { readonly location: EnvoyLocation; readonly install: EnvoyInstall | undefined }

function place({ location, install }: PlaceToInstall) {
  const address = `${location.address}, ${location.city}`
  if (install?.status === 'installed') {
    return html`<li><a class="button quiet" href="/installs/${install.id}">Installed at ${location.name}</a></li>`
  }
  const verb = install === undefined ? 'Install at' : 'Go on with the set-up at'
  return html`<li><button name="location" value="${location.id}">${verb} ${location.name}<br>
<small>${address}</small></button></li>`
}

/** A plugin in the app store, with the places where this person may install it. */
export function appPage(
  app: EnvoyPlugin,
  scopes: readonly string[],
  person: EnvoyPerson,
  places: readonly PlaceToInstall[],
): Promise<Response> {
  const company = findCompany(person.companyId)?.name ?? person.companyId
  const body = html`<p>Keeps your company's access to Envoy alive and shows its state.</p>
<p>Once installed, ${app.name} can:</p>
<ul>${scopes.map((scope) => html`<li>${describeScope(scope)} <code>${scope}</code></li>`)}</ul>
<h2>Where at ${company}?</h2>
<form method="post" action="/app-store/${app.clientId}"><ul class="choices">${places.map(place)}</ul></form>
<p><a href="/sign-in?next=${encodeURIComponent(`/app-store/${app.clientId}`)}">Choose another person or company</a></p>`
  return pageResponse({ provider: 'Envoy', title: `Install ${app.name}`, body, user: person.name })
}
