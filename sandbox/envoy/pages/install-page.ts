import { html } from 'hono/html'
import { pageResponse } from '../../kernel/page'
import { type EnvoyPerson, findCompany, findLocation } from '../directory'
import type { EnvoyInstall, WebhookDelivery } from '../state'

const STATUS_WORDS = {
  setting_up: 'The set-up is not finished.',
  installed: 'Installed.',
  uninstalled: 'Uninstalled.',
} as const

function deliveryRow(delivery: WebhookDelivery) {
  return html`<tr><td>${delivery.kind}</td><td><code>${delivery.name}</code></td>
<td>${new Date(delivery.sentAtMs).toISOString()}</td><td>${delivery.outcome}, ${delivery.tookMs} ms</td></tr>`
}

function actionsOf(install: EnvoyInstall) {
  const path = `/installs/${install.id}`
  if (install.status === 'uninstalled') {
    return html`<div class="actions"><a class="button" href="/app-store/${install.clientId}">Install again</a></div>`
  }
  if (install.status === 'setting_up') {
    return html`<div class="actions"><a class="button" href="${path}/steps/0">Go on with the set-up</a></div>`
  }
  return html`<div class="actions">
<form method="post" action="${path}/visitor"><button>Sign a visitor in</button></form>
<a class="button quiet" href="${path}/steps/0">Configure</a>
<form method="post" action="${path}/uninstall"><button class="quiet">Uninstall</button></form></div>`
}

/** One install: how it stands, what was saved, what was sent to the app, and what can be done. */
export function installPage(
  install: EnvoyInstall,
  app: { name: string; url: string },
  person: EnvoyPerson,
  deliveries: readonly WebhookDelivery[],
): Promise<Response> {
  const location = findLocation(install.locationId)?.name ?? install.locationId
  const company = findCompany(install.companyId)?.name ?? install.companyId
  const config = Object.entries(install.config)
  const body = html`<p><strong>${STATUS_WORDS[install.status]}</strong>
${location}, ${company} · install <code>${install.id}</code> · company <code>${install.companyId}</code></p>
${actionsOf(install)}
<p><a href="${app.url}">Go to ${app.name}</a></p>
<h2>Saved settings</h2>
${
  config.length === 0
    ? html`<p class="soft">None yet.</p>`
    : html`<div class="scroll"><table>${config.map(
        ([name, value]) =>
          html`<tr><th scope="row">${name}</th><td>${typeof value === 'string' ? value : JSON.stringify(value)}</td></tr>`,
      )}</table></div>`
}
<h2>Webhooks sent to the app</h2>
${
  deliveries.length === 0
    ? html`<p class="soft">None yet.</p>`
    : html`<div class="scroll"><table><thead><tr><th scope="col">Kind</th><th scope="col">Name</th>
<th scope="col">Sent</th><th scope="col">Outcome</th></tr></thead><tbody>${deliveries.map(deliveryRow)}</tbody></table></div>`
}`
  const title = `${app.name} at ${location}`
  return pageResponse({ provider: 'Envoy', title, body, user: person.name, wide: true })
}
