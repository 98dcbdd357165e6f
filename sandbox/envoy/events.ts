import { findLocation, peopleOf } from './directory'
import type { EnvoyInstall } from './state'

/** Events of Envoy's reference page (providers.md 2.6); any other name can be sent too, as Envoy may add some. */
export const ENVOY_EVENTS = [
  'entry_sign_in',
  'entry_sign_out',
  'entry_blacklist_review',
  'entry_blacklist_deny',
  'invite_created',
  'invite_updated',
  'invite_removed',
  'upcoming_visit',
  'qr_code_sent',
  'employee_entry_sign_in',
  'employee_entry_sign_out',
  'location_capacity_updated',
  'desk_sign_in',
  'ticket_created',
  'plugin_uninstalled',
] as const

/** A payload for an event: a JSON:API visitor entry or invite at the install's location, or nothing to tell. */
export function samplePayload(event: string, install: EnvoyInstall, nowMs: number): unknown {
  const at = new Date(nowMs).toISOString()
  const host = peopleOf(install.companyId)[0]
  const location = { data: { id: install.locationId, type: 'locations' } }
  if (event.startsWith('entry_') || event.startsWith('employee_entry_')) {
    return {
      id: '880001',
      type: 'entries',
      attributes: {
        'full-name': 'Priya Raman',
        email: 'priya.raman@visitor.example',
        'signed-in-at': at,
        'signed-out-at': event.endsWith('sign_out') ? at : null,
        'private-notes': null,
        host: host?.name ?? null,
        'user-data': [{ field: 'Purpose of visit', value: 'Meeting' }],
      },
      relationships: { location },
    }
  }
  if (event.startsWith('invite_') || event === 'upcoming_visit') {
    return {
      id: '990001',
      type: 'invites',
      attributes: {
        'full-name': 'Tom Becker',
        email: 'tom.becker@visitor.example',
        'expected-arrival-time': at,
        'location-name': findLocation(install.locationId)?.name ?? null,
      },
      relationships: { location },
    }
  }
  return {}
}
