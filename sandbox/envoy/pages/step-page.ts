import { html } from 'hono/html'
import { pageResponse } from '../../kernel/page'
import { type EnvoyPerson, findCompany, findLocation } from '../directory'
import type { FieldOption } from '../route-answer'
import type { StepValues } from '../setup-step'
import type { EnvoyInstall } from '../state'

export type StepView = {
  readonly install: EnvoyInstall
  readonly appName: string
  readonly person: EnvoyPerson
  /** Null when the app gave none: then the step cannot be sent. */
  readonly options: readonly FieldOption[] | null
  /** What the app, or Envoy in its place, has against going on. */
  readonly message: string | null
  readonly values: StepValues
}

function hostField(options: readonly FieldOption[], chosen: string) {
  const none = options.length === 0 ? 'The app offers nothing to choose' : 'Nobody'
  return html`<p><label for="host">Default host</label><select id="host" name="default-host">
<option value="">${none}</option>
${options.map(({ label, value }) => html`<option value="${value}" ${value === chosen ? 'selected' : ''}>${label}</option>`)}
</select></p>`
}

/** The one set-up step of the plugin: a text and a choice whose options come from the app. */
export function stepPage(view: StepView): Promise<Response> {
  const { install, appName, person, options, message, values } = view
  const path = `/installs/${install.id}/steps/0`
  const location = findLocation(install.locationId)?.name ?? install.locationId
  const company = findCompany(install.companyId)?.name ?? install.companyId
  const form = html`<form method="post" action="${path}">
<p><label for="name">Name shown to visitors</label>
<input id="name" name="display-name" maxlength="80" value="${values['display-name']}"></p>
${options === null ? '' : hostField(options, values['default-host'])}
<div class="actions"><button>Save and continue</button>
<a class="button quiet" href="/app-store/${install.clientId}">Back</a></div></form>`
  const blocked = html`<div class="actions"><a class="button" href="${path}">Try again</a>
<a class="button quiet" href="/app-store/${install.clientId}">Back</a></div>`
  const body = html`<p class="soft">Step 1 of 1 · ${location} · ${company}</p>
${message === null ? '' : html`<p class="warning" role="alert">${message}</p>`}
${options === null ? blocked : form}`
  return pageResponse({ provider: 'Envoy', title: `Set up ${appName}`, body, user: person.name })
}
