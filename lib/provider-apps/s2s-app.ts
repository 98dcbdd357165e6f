import { PatchbayError } from '../core/errors'
import type { EditableApp } from './editable-app'

/** @throws PatchbayError `invalid_input` for an app without the S2S grant, which has no key pair */
export function requireS2s(app: EditableApp): void {
  if (app.grants.includes('s2s')) return
  throw new PatchbayError('invalid_input', 'Only an Outreach app with the S2S grant has a key pair.', {
    field: 'privateKey',
  })
}
