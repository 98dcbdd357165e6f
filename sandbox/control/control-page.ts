import { html } from 'hono/html'
import { CLOCK_JUMPS } from '../kernel/clock'
import type { SandboxApp, SandboxContext, SandboxProvider } from '../kernel/contract'
import { pageResponse } from '../kernel/page'
import { actionForm } from './action-form'
import { readClock } from './clock-action'
import { actionsOf, type ControlParts } from './control-parts'
import type { ActionOutcome } from './run-action'

/** Everything on one page: clock, providers, their apps, state, controls and latest calls. */
export function controlPage(parts: ControlParts): Promise<Response> {
  const { now, offsetMs } = readClock(parts.clock)
  const jumps = Object.keys(CLOCK_JUMPS).map(
    (preset) => html`<button name="preset" value="${preset}" class="quiet">+ ${preset}</button>`,
  )
  return pageResponse({
    provider: 'Control',
    title: 'What the providers do',
    wide: true,
    body: html`<nav><p>${parts.providers.map(({ name }) => html`<a href="#${name}">${titleOf(name)}</a> · `)}
<a href="/openapi.json">openapi.json</a></p></nav>
<h2>Clock</h2>
<p><time datetime="${now}">${now}</time> <span class="soft">${duration(offsetMs)} ahead of this machine</span></p>
<form method="post" action="/api/clock/advance" class="actions">${jumps}</form>
<form method="post" action="/api/reset" class="actions"><button class="quiet">Reset everything</button></form>
${parts.providers.map((provider) => providerSection(parts, provider))}`,
  })
}

function duration(ms: number): string {
  const hours = Math.round(ms / 3_600_000)
  return hours >= 48 ? `${Math.floor(hours / 24)} d ${hours % 24} h` : `${hours} h`
}

const titleOf = (name: string) => name.slice(0, 1).toUpperCase() + name.slice(1)

function providerSection(parts: ControlParts, provider: SandboxProvider) {
  const { name } = provider
  const context = parts.contexts[name]
  const forms = Object.entries(actionsOf(parts, provider)).map(([action, what]) =>
    actionForm(`/api/${name}/${action}`, action, what),
  )
  return html`<section aria-labelledby="${name}">
<h2 id="${name}">${titleOf(name)} <a class="soft" href="${context.browserUrl}/">${context.browserUrl}</a></h2>
<div class="scroll"><table><thead><tr><th>App</th><th>Environment</th><th>Grants</th><th>Client id</th></tr></thead>
<tbody>${provider.apps().map(appRow)}</tbody></table></div>
<details><summary>State</summary><pre>${JSON.stringify(provider.overview(), null, 2)}</pre></details>
<details><summary>Latest calls</summary>${callTable(context)}</details>
<details><summary>Controls (${forms.length})</summary><div class="grid">${forms}</div></details>
</section>`
}

function appRow(app: SandboxApp) {
  return html`<tr><td>${app.name}<br><code>${app.key}</code></td><td>${app.environment}</td>
<td>${app.grants.join(', ')}</td><td><code>${app.clientId ?? app.s2sGuid ?? '–'}</code></td></tr>`
}

function callTable(context: SandboxContext) {
  const rows = context.calls
    .recent()
    .slice(0, 20)
    .map(
      (call) => html`<tr><td>${call.at.slice(11, 19)}</td><td>${call.method} <code>${call.path}</code></td>
<td>${call.status ?? 'lost'}</td><td>${call.grantType ?? ''}</td><td>${call.fault ?? ''}</td></tr>`,
    )
  if (rows.length === 0) return html`<p class="soft">None yet.</p>`
  return html`<div class="scroll"><table><thead><tr><th>At</th><th>Call</th><th>Status</th><th>Grant</th><th>Fault</th></tr></thead>
<tbody>${rows}</tbody></table></div>`
}

/** What came of a form. */
export function outcomePage(name: string, outcome: ActionOutcome, backTo: string): Promise<Response> {
  const body =
    outcome.status === 200
      ? html`<pre>${JSON.stringify(outcome.body.result, null, 2)}</pre>`
      : html`<p class="warning" role="alert">${outcome.body.message}</p>`
  return pageResponse(
    {
      provider: 'Control',
      title: outcome.status === 200 ? `Done: ${name}` : `Not done: ${name}`,
      body: html`${body}<div class="actions"><a class="button" href="/#${backTo}">Back to the controls</a></div>`,
    },
    outcome.status,
  )
}
