import { html } from 'hono/html'
import { pageResponse } from '../../kernel/page'
import type { S2sApp } from '../apps'
import { ORGS, type Org, PEOPLE, type Person } from '../data/orgs'
import type { Install } from '../state'

const provider = 'Outreach'

/** First step: which company. Installed ones say so. */
export function chooseOrgPage(app: S2sApp, installedOrgIds: readonly number[]): Promise<Response> {
  const choices = ORGS.map(
    (org) => html`<li><button name="org" value="${org.shortname}">${org.name}<br>
<small>${installedOrgIds.includes(org.id) ? 'installed' : org.shortname}</small></button></li>`,
  )
  const body = html`<p>Which company is <strong>${app.name}</strong> for?</p>
<form method="get"><ul class="choices">${choices}</ul></form>`
  return pageResponse({ provider, title: `Install ${app.name}`, body })
}

/** Second step: who is there. */
export function signInPage(app: S2sApp, org: Org): Promise<Response> {
  const people = PEOPLE.filter((one) => one.orgId === org.id)
  const choices = people.map(
    (one) => html`<li><button name="person" value="${one.id}">${one.firstName} ${one.lastName}<br>
<small>${one.email}${one.admin ? ' · admin' : ''}</small></button></li>`,
  )
  const body = html`<p>Sign in to ${org.name} to go on with <strong>${app.name}</strong>.</p>
<form method="get"><ul class="choices">${choices}</ul></form>`
  return pageResponse({ provider, title: `Sign in to ${org.name}`, body })
}

/** Third step: what the app will reach, and the button; for an org that has the app, what can be done with it. */
export function confirmPage(
  app: S2sApp,
  scopes: readonly string[],
  org: Org,
  person: Person,
  install: Install | undefined,
): Promise<Response> {
  const hidden = html`<input type="hidden" name="person" value="${person.id}">`
  const reach = html`<p>It acts for the company, for no user, and reaches:</p>
<ul class="scopes">${scopes.map((scope) => html`<li><code>${scope}</code></li>`)}</ul>`
  const buttons =
    install === undefined
      ? html`<button name="act" value="install">Install</button>`
      : html`<button name="act" value="reconfigure">Reconfigure</button>
<button class="quiet" name="act" value="uninstall">Uninstall</button>`
  const state =
    install === undefined
      ? html`<p><strong>${app.name}</strong> asks to be installed in ${org.name}.</p>`
      : html`<p><strong>${app.name}</strong> is installed in ${org.name}. Install ID: <code>${install.guid}</code></p>`
  const body = html`${state}${reach}<form method="post">${hidden}<p class="actions">${buttons}</p></form>`
  return pageResponse({ provider, title: app.name, body, user: person.email })
}

/** A page that only says something. */
export function noticePage(title: string, words: string, person?: Person): Promise<Response> {
  return pageResponse({ provider, title, body: html`<p>${words}</p>`, user: person?.email })
}
