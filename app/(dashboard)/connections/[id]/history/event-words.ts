const words: Record<string, string> = {
  'connection.account_replaced': 'Account replaced on purpose',
  'connection.became_uncertain': 'Became uncertain: an answer was lost',
  'connection.suspended': 'Suspended by the provider',
  'connection.connected': 'Connected',
  'connection.reconnected': 'Reconnected',
  'connection.checked': 'Checked again',
  'connection.disconnected': 'Disconnected',
  'connection.needs_reconnect': 'Needs reconnect',
  'connection.opened_in_outstand': 'Opened in Outstand',
  'connection.other_account_came_back': 'Another account came back from a reconnect',
  'connection.other_account_discarded': 'The other account was discarded',
  'connection.refreshed': 'New token asked for',
  'connection.renamed': 'Renamed',
  'connection.sso_allowed': '“Open in Outstand” switched on',
  'connection.sso_forbidden': '“Open in Outstand” switched off',
  'flow.dismissed': 'Unfinished connection dismissed',
  'flow.connect_started': 'Connect started',
  'flow.reconnect_started': 'Reconnect started',
  'flow.tokens_stored': 'Tokens of a consent stored',
  'install.accepted': 'Install accepted',
  'install.received': 'Install received',
  'install.renewed': 'Install renewed',
  'install.reconfigured': 'Install set up again',
  'install.refused': 'Install refused',
  'install.uninstalled': 'Uninstalled at the provider',
}

/** An action of the audit trail in words; one that is not known here reads as it is stored, without its points. */
export function eventWords(action: string): string {
  const known = words[action]
  if (known) return known
  const text = action.replace(/[._]/g, ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** The name of a fact, `tokensErased`, as words: `tokens erased`. */
export function factWords(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()
}
