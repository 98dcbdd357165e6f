import { html } from 'hono/html'
import { pageResponse } from '../kernel/page'
import type { S2sApp } from './apps'
import { orgById } from './data/orgs'
import type { OutreachState } from './state'

/** The front page: the app that companies can install, and where it is installed. */
export function homePage(app: S2sApp, state: OutreachState): Promise<Response> {
  const live = state.installs.filter((install) => install.deletedAtMs === null)
  const rows = live.map(
    (install) => html`<tr><td>${orgById(install.orgId)?.name}</td><td><code>${install.guid}</code></td>
<td><a href="/apps/${app.s2sGuid}/configure/${install.guid}">Open its settings</a></td></tr>`,
  )
  const table = html`<div class="scroll"><table><thead><tr><th>Company</th><th>Install ID</th><th>Settings</th></tr></thead>
<tbody>${rows}</tbody></table></div>`
  const body = html`<p><a class="button" href="/apps/${app.s2sGuid}/install">Install ${app.name}</a></p>
<h2>Installed</h2>
${rows.length === 0 ? html`<p class="soft">Nowhere yet.</p>` : table}`
  return pageResponse({ provider: 'Outreach', title: 'Apps', body, wide: true })
}
