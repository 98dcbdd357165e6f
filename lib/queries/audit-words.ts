/** What each entry of the trail says after its actor's name and before its subject's. */
const words: Readonly<Record<string, string>> = {
  'api_key.changed': 'changed the API key',
  'api_key.created': 'made the API key',
  'api_key.revoked': 'revoked the API key',
  'connection.account_replaced': 'replaced the account of',
  'connection.became_uncertain': 'lost an answer, and does not know how it stands with',
  'connection.call_tried': 'tried a call through',
  'connection.checked': 'checked',
  'connection.connected': 'connected',
  'connection.disconnected': 'disconnected',
  'connection.needs_reconnect': 'can no longer renew',
  'connection.opened_in_outstand': 'opened Outstand as',
  'connection.other_account_came_back': 'reconnected, and another account came back:',
  'connection.other_account_discarded': 'discarded the other account',
  'connection.reconnected': 'reconnected',
  'connection.refreshed': 'pressed Refresh now for',
  'connection.renamed': 'renamed',
  'connection.sso_allowed': 'allowed Open in Outstand for',
  'connection.sso_forbidden': 'switched off Open in Outstand for',
  'connection.suspended': 'learnt of the suspension of',
  'database.held': 'holds the rotations of',
  'database.hold_lifted': 'no longer holds the rotations of',
  'database.let_go_on': 'pressed Go on for',
  'flow.connect_started': 'pressed Connect for',
  'flow.dismissed': 'dismissed an unfinished connection of',
  'flow.reconnect_started': 'pressed Reconnect for',
  'flow.tokens_stored': 'received tokens through',
  'install.accepted': 'accepted the install of',
  'install.received': 'announced an install of',
  'install.reconfigured': 'set up again the install of',
  'install.refused': 'refused the install of',
  'install.renewed': 'renewed the install of',
  'install.uninstalled': 'reported the removal of',
  'notification_channel.added': 'added the notification channel',
  'notification_channel.changed': 'changed the notification channel',
  'notification_channel.delivery_retried': 'tried a delivery again to',
  'notification_channel.paused': 'paused the notification channel',
  'notification_channel.removed': 'removed the notification channel',
  'notification_channel.resumed': 'resumed the notification channel',
  'notification_channel.secret_replaced': 'replaced the signing secret of',
  'notification_channel.tested': 'sent a test message to',
  'provider_app.checked': 'checked the credentials of',
  'provider_app.created': 'added the app',
  'provider_app.key_imported': 'entered a private key for',
  'provider_app.key_made': 'made a key pair for',
  'provider_app.plugin_pinned': 'named the plugin of',
  'provider_app.removed': 'removed the app',
  'provider_app.secret_erased': 'erased a secret of',
  'provider_app.secret_replaced': 'replaced a secret of',
  'provider_app.updated': 'changed the app',
  'provider.recovered': 'saw the recovery of',
  'provider.trouble_began': 'saw many accounts refused at once by',
  'session.closed': 'signed out as',
  'session.ended': 'ended a session of',
  'session.opened': 'signed in as',
  'user.created': 'created the account',
  'user.disabled': 'disabled the account',
  'user.enabled': 'enabled the account',
  'user.linked': 'linked the single sign-on of',
  'user.password_changed': 'changed the password of',
  'user.role_changed': 'changed the role of',
}

const nouns: Readonly<Record<string, string>> = {
  api_key: 'the API key',
  connection: 'the connection',
  flow: 'the flow',
  install: 'the install',
  notification_channel: 'the notification channel',
  provider_app: 'the provider app',
  session: 'the session',
  setting: 'the setting',
  user: 'the account',
}

/** Where a program cannot have done it in the words that fit a person. */
const wordsOfKeys: Readonly<Record<string, string>> = {
  'connection.refreshed': 'asked for a new token of',
}

/**
 * An action of the audit trail in words, with room for its subject behind: "renamed", "refused the install of".
 *
 * @param actorKind whose action it was: programs press no buttons
 */
export function auditWords(action: string, actorKind = 'user'): string {
  const known = (actorKind === 'key' ? wordsOfKeys[action] : undefined) ?? words[action]
  if (known) return known
  const [noun = '', verb = ''] = action.split('.')
  return [verb.replaceAll('_', ' '), nouns[noun] ?? noun.replaceAll('_', ' ')].filter(Boolean).join(' ')
}

const factNames: Readonly<Record<string, string>> = {
  acceptedBecause: 'Accepted because',
  app: 'App',
  before: 'Before',
  choice: 'Choice',
  connectionIds: 'Connections',
  expiresAt: 'Ends',
  grant: 'Grant',
  hint: 'Begins with',
  installId: 'Install id',
  learntFrom: 'Learnt from',
  newTokens: 'New tokens',
  pendingId: 'Waiting connection',
  pluginId: 'Plugin id',
  reference: 'Reference',
  requestsPerMinute: 'Requests a minute',
  scopes: 'Scopes',
  tokensErased: 'Tokens erased',
}

/** Facts that are words of our own; any other is shown letter by letter, because it may be somebody's name or scope. */
const spelled: ReadonlySet<string> = new Set(['acceptedBecause', 'choice', 'grant', 'learntFrom', 'result'])

export type AuditFact = { name: string; value: string }

/** An entry's detail as names and values to print; empty values are left out. */
export function auditFacts(detail: unknown): AuditFact[] {
  if (typeof detail !== 'object' || detail === null) return []
  return Object.entries(detail).flatMap(([key, value]) => {
    const text = spelled.has(key) ? factText(value).replaceAll('_', ' ') : factText(value)
    return text === '' ? [] : [{ name: factNames[key] ?? spaced(key), value: text }]
  })
}

function factText(value: unknown): string {
  if (Array.isArray(value)) return value.map(factText).filter(Boolean).join(', ')
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' ? value.trim() : ''
}

/** `revokedAt` → `Revoked at`. */
function spaced(key: string): string {
  const text = key
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replaceAll('_', ' ')
    .trim()
  return text.charAt(0).toUpperCase() + text.slice(1)
}
