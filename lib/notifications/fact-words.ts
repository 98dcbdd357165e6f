import { providerIdSchema, providerNames } from '../core/provider'

const names: Readonly<Record<string, string>> = {
  by: 'Reconnect by',
  host: 'Address',
  refused: 'Connections refused',
  words: 'It said',
}

/** Why a connection has to be reconnected soon. */
const reasons: Readonly<Record<string, string>> = {
  refresh_token: 'its refresh token runs out',
  no_refresh_token: 'there is no refresh token that could renew it',
  development: 'grants of development credentials lapse weekly',
}

/** An event's facts as lines of a mail; empty ones are left out, and one that is not known here is shown as it stands. */
export function factLines(detail: Readonly<Record<string, string | number | null>>): string[] {
  return Object.entries(detail).flatMap(([key, value]) =>
    value === null || value === '' ? [] : [`${names[key] ?? spaced(key)}: ${valueWords(key, String(value))}`],
  )
}

/** To the minute, in UTC: a mail does not know where it is read. */
export function instantWords(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

function valueWords(key: string, value: string): string {
  if (key === 'provider') {
    const provider = providerIdSchema.safeParse(value)
    return provider.success ? providerNames[provider.data] : value
  }
  if (key === 'because') return reasons[value] ?? value
  return /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value) ? instantWords(new Date(value)) : value
}

/** `retryAt` → `Retry at`. */
function spaced(key: string): string {
  const text = key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replaceAll('_', ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
