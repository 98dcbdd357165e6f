import { refusalWords } from '@/lib/server'

export type Refusal = { title: string; words: string; next: { label: string; href: string } }

const overview = { label: 'Back to the overview', href: '/' }
const connectAnew = { label: 'Connect anew', href: '/' }
const providers = { label: 'Open the provider apps', href: '/providers' }

const told: Readonly<Record<string, Refusal>> = {
  state_unknown: {
    title: 'This answer is not known here',
    words: `${refusalWords('state_unknown')} Somebody may have made the link up, or the flow is long gone.`,
    next: connectAnew,
  },
  state_expired: {
    title: 'Too much time passed',
    words: refusalWords('state_expired'),
    next: connectAnew,
  },
  state_used: {
    title: 'This answer was used already',
    words: 'A reload or the Back button does that; nothing was changed.',
    next: { label: 'Show the connections', href: '/connections' },
  },
  state_foreign: {
    title: 'Started in another browser',
    words: refusalWords('state_foreign'),
    next: connectAnew,
  },
  state_other_person: {
    title: 'Started by somebody else',
    words: refusalWords('state_other_person'),
    next: connectAnew,
  },
  forbidden: {
    title: 'This needs an admin',
    words: `${refusalWords('forbidden')} Ask an admin or the owner to do it, or to give you the role.`,
    next: overview,
  },
  invalid_input: {
    title: 'The request could not be read',
    words:
      'A choice is missing or not possible any more: which app, which kind of connection, or a scope that the app no longer has. Nothing was changed.',
    next: connectAnew,
  },
  not_found: {
    title: 'It is no longer there',
    words: 'The provider app or the connection was removed meanwhile. Nothing was changed.',
    next: providers,
  },
  conflict: {
    title: 'This connection cannot be renewed',
    words: 'Its provider app has been removed. Connect the account anew with another app.',
    next: connectAnew,
  },
  provider_app_incomplete: {
    title: 'The provider app is not complete',
    words: 'Its page shows what is missing. Enter it, then press Connect again.',
    next: providers,
  },
  secret_unreadable: {
    title: 'The app’s secret cannot be opened',
    words:
      'It was sealed with a key that ENCRYPTION_KEYS no longer holds. Put the key back, or enter the secret anew on the app’s page.',
    next: providers,
  },
}

const unknown: Refusal = {
  title: 'This did not work',
  words: 'Nothing was changed. Press Connect again.',
  next: connectAnew,
}

/** Words for a press or an answer that was turned away. The code comes from the URL, so an unknown one is told plainly. */
export function tellRefusal(why: string): Refusal {
  return Object.hasOwn(told, why) ? (told[why] ?? unknown) : unknown
}
