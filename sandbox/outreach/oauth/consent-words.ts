import { html } from 'hono/html'

const VERBS: Readonly<Record<string, string>> = {
  read: 'see',
  write: 'create and change',
  delete: 'delete',
  all: 'see, create, change and delete',
  aggregate: 'see totals of',
}

/** A scope in words: `prospectNotes.write` is "create and change prospect notes". */
export function describeScope(scope: string): string {
  const [resource = '', verb] = scope.split('.')
  if (verb === undefined) return resource.replaceAll('_', ' ')
  const words = resource.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return `${VERBS[verb] ?? verb} ${words}`
}

/** The warning that the authorization page shows for development credentials (seed 001). */
export function developmentNotice() {
  return html`<strong>This is a development version of an application that Outreach has not reviewed.</strong>
Its use is limited: people of other companies, and all but ten of the company that owns it, have to authorize it again every
week. Do not go on unless you are developing or testing it.`
}
