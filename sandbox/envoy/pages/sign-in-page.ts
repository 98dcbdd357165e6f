import { html } from 'hono/html'
import { pageResponse } from '../../kernel/page'
import { COMPANIES, type EnvoyPerson, locationsOf, peopleOf } from '../directory'

function roleOf(person: EnvoyPerson): string {
  if (person.role !== 'Location Admin') return person.role
  const places = locationsOf(person.companyId).filter(({ id }) => person.locationIds.includes(id))
  return `${person.role} of ${places.map(({ name }) => name).join(', ')}`
}

function choice(person: EnvoyPerson) {
  return html`<li><button name="person" value="${person.id}">${person.name}<br>
<small>${roleOf(person)} · ${person.email}</small></button></li>`
}

/** Everybody one can sign in as, by company. `next` is where the choice leads. */
export function signInPage(next: string, current: EnvoyPerson | undefined): Promise<Response> {
  const companies = COMPANIES.map(
    (company) => html`<h2>${company.name}</h2><ul class="choices">${peopleOf(company.id).map(choice)}</ul>`,
  )
  const body = html`<p class="soft">No password is asked for: choose whom to be.</p>
<form method="post" action="/sign-in"><input type="hidden" name="next" value="${next}">${companies}</form>`
  return pageResponse({ provider: 'Envoy', title: 'Sign in to Envoy', body, user: current?.name })
}
