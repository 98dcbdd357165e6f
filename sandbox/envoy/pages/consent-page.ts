import { html } from 'hono/html'
import { pageResponse } from '../../kernel/page'
import type { AuthorizeRequest } from '../authorize-request'
import { type EnvoyPerson, findCompany } from '../directory'
import { describeScope } from '../scopes'

/** The question whether an app may act for this person. `action` is the request itself, to be posted back with the answer. */
export function consentPage(
  request: AuthorizeRequest,
  person: EnvoyPerson,
  urls: { action: string; switchPerson: string },
): Promise<Response> {
  const { app, scopes, redirectUri } = request
  const scopeList = scopes.map((scope) => html`<li>${describeScope(scope)} <code>${scope}</code></li>`)
  const body = html`<p><strong>${app.name}</strong> asks to act for <strong>${person.name}</strong>
at <strong>${findCompany(person.companyId)?.name ?? person.companyId}</strong>.</p>
${scopes.length === 0 ? html`<p>It asks for no scope at all.</p>` : html`<p>It would be able to:</p><ul>${scopeList}</ul>`}
<p class="soft">The answer goes to ${new URL(redirectUri).origin}.</p>
<form method="post" action="${urls.action}" class="actions">
<button name="decision" value="allow">Allow</button>
<button name="decision" value="deny" class="quiet">Deny</button>
</form>
<p><a href="${urls.switchPerson}">Sign in as somebody else</a></p>`
  return pageResponse({ provider: 'Envoy', title: `Allow ${app.name}?`, body, user: person.name })
}
