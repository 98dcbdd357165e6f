import { html } from 'hono/html'
import type { SandboxAction } from '../kernel/contract'
import { type FormField, formFields } from './form-fields'

/** A panel with one button: the form of an action, working without scripts. */
export function actionForm(path: string, name: string, action: SandboxAction) {
  return html`<form class="panel" method="post" action="${path}">
<h3>${name}</h3>
<p class="soft">${action.summary}</p>
${formFields(action.input).map((field) => fieldRow(`${path}-${field.name}`, field))}
<div class="actions"><button>${action.summary.length <= 28 ? action.summary : 'Do it'}</button></div>
</form>`
}

function fieldRow(id: string, field: FormField) {
  const hint = field.hint === '' ? '' : html` <small>${field.hint}</small>`
  return html`<label for="${id}">${field.name}${hint}</label>${control(id, field)}`
}

function control(id: string, field: FormField) {
  switch (field.kind) {
    case 'choice':
      return html`<select id="${id}" name="${field.name}">
${field.nullable || (!field.required && field.fallback === undefined) ? html`<option value="">–</option>` : ''}
${field.choices.filter((choice) => choice !== null).map((choice) => option(field, choice))}</select>`
    case 'number':
      return html`<input id="${id}" name="${field.name}" type="number" value="${shown(field.fallback)}">`
    default:
      return html`<input id="${id}" name="${field.name}" value="${shown(field.fallback)}">`
  }
}

function option(field: FormField, choice: unknown) {
  const selected = field.fallback === choice ? html` selected` : ''
  return html`<option value="${String(choice)}"${selected}>${String(choice)}</option>`
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
