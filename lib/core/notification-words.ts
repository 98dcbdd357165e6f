import { type NotificationKind, notificationKinds } from './notification-event'

type Words = {
  /** Names the kind where one chooses what to be told of. */
  label: string
  /** What it means, for whoever chooses and for whoever is told. */
  meaning: string
  /** What happened, without the full stop. @param name of the subject */
  happened(name: string): string
  /** The same of `count` subjects, in the subject of a mail that tells of several. */
  counted(count: number): string
}

const counted = (one: string, several: string) => (count: number) =>
  count === 1 ? `1 ${one}` : `${count} ${several}`

const needYou = counted('connection needs you', 'connections need you')

/** What people are told of, in words: one vocabulary for pages, mails and webhooks. */
export const notificationWords: Record<NotificationKind, Words> = {
  'connection.needs_reconnect': {
    label: 'A connection needs reconnect',
    meaning: 'Its tokens can no longer be renewed. Somebody has to press Reconnect.',
    happened: (name) => `${name} needs to be reconnected`,
    counted: needYou,
  },
  'connection.uncertain': {
    label: 'A connection is uncertain',
    meaning:
      'An answer of the provider was lost, and the tokens may have died with it. Reconnect makes it sure.',
    happened: (name) => `${name} is uncertain`,
    counted: needYou,
  },
  'connection.suspended': {
    label: 'A connection is suspended',
    meaning: 'The provider locked it. It is tried again every six hours and comes back by itself.',
    happened: (name) => `${name} is suspended by the provider`,
    counted: counted('connection is suspended', 'connections are suspended'),
  },
  'connection.reconnect_soon': {
    label: 'A connection has to be reconnected soon',
    meaning: 'Its grant ends soon and cannot be prolonged by itself. Reconnect before that.',
    happened: (name) => `${name} has to be reconnected soon`,
    counted: counted('connection has to be reconnected soon', 'connections have to be reconnected soon'),
  },
  'connection.recovered': {
    label: 'A connection recovered',
    meaning: 'Its tokens are renewed again.',
    happened: (name) => `${name} recovered`,
    counted: counted('connection recovered', 'connections recovered'),
  },
  'app.broken': {
    label: 'A provider app broke',
    meaning:
      'The provider refuses the app’s own credentials. None of its connections is renewed until they are put right.',
    happened: (name) => `The provider app ${name} is refused`,
    counted: counted('provider app is refused', 'provider apps are refused'),
  },
  'app.recovered': {
    label: 'A provider app recovered',
    meaning: 'The provider takes its credentials again, and its connections are renewed.',
    happened: (name) => `The provider app ${name} recovered`,
    counted: counted('provider app recovered', 'provider apps recovered'),
  },
  'provider.trouble': {
    label: 'A provider is in trouble',
    meaning:
      'It refuses many connections at once, so its refusals are not believed for now. Nothing has to be reconnected.',
    happened: (name) => `${name} refuses many connections at once`,
    counted: counted('provider is in trouble', 'providers are in trouble'),
  },
  'provider.recovered': {
    label: 'A provider recovered',
    meaning: 'It renews connections again.',
    happened: (name) => `${name} recovered`,
    counted: counted('provider recovered', 'providers recovered'),
  },
  'api_key.expiring': {
    label: 'An API key ends soon',
    meaning:
      'Its program is refused after that. Make another key, give it to the program, then revoke the old one.',
    happened: (name) => `The API key ${name} ends within a week`,
    counted: counted('API key ends soon', 'API keys end soon'),
  },
  'workers.stopped': {
    label: 'Tokens are not being renewed',
    meaning: 'No process with the role worker has shown itself. Start one, or tokens run out.',
    happened: () => 'Tokens are not being renewed: no worker is running',
    counted: () => 'no worker is running',
  },
  'workers.running': {
    label: 'Tokens are being renewed again',
    meaning: 'A process with the role worker is running again.',
    happened: () => 'Tokens are being renewed again: a worker is running',
    counted: () => 'a worker is running again',
  },
  'database.held': {
    label: 'Renewals are held: the database may be a copy',
    meaning: 'Nothing is renewed until somebody says on the overview that this database goes on.',
    happened: () => 'Renewals are held: the database may be a copy',
    counted: () => 'renewals are held',
  },
}

const testWords: Words = {
  label: 'Test message',
  meaning: 'Somebody pressed Send test. It works.',
  happened: (name) => `Test message to ${name}`,
  counted: counted('test message', 'test messages'),
}

/** A message that a person sends to see whether a channel works: of no event, and in no choice. */
export const testKind = 'test'

/** The words of a stored kind; one that this version does not know is called by its name. */
export function wordsOfKind(kind: string): Words {
  const known = notificationKinds.find((each) => each === kind)
  if (known) return notificationWords[known]
  if (kind === testKind) return testWords
  return {
    label: kind,
    meaning: '',
    happened: (name) => `${name}: ${kind}`,
    counted: counted('other event', 'other events'),
  }
}
