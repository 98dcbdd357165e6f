import type { Tone } from '@/components/ui/badge'
import type { RotationRow } from '@/lib/server'

const kindWords: Record<RotationRow['kind'], string> = {
  code: 'Authorization code exchanged',
  refresh: 'Token refreshed',
  mint: 'S2S token minted',
  plugin_install: 'Install exchanged for a token',
  client_credentials: 'Application token obtained',
}

/** What a token call was, in words. */
export function rotationTitle(kind: RotationRow['kind']): string {
  return kindWords[kind]
}

const causeWords: Record<string, string> = {
  connect: 'connect',
  reconnect: 'reconnect',
  due: 'it was due',
  needed: 'a program needed it',
  refresh_now: 'Refresh now',
  check_again: 'Check again',
  webhook: 'a webhook',
  disconnect: 'before disconnecting',
}

/** Why a token call was made; a cause of a newer version reads as it is stored. */
export function causeOf(cause: string): string {
  return causeWords[cause] ?? cause.replaceAll('_', ' ')
}

export const outcomeLooks: Record<RotationRow['outcome'], { word: string; tone: Tone }> = {
  open: { word: 'No answer stored', tone: 'warn' },
  renewed: { word: 'Renewed', tone: 'ok' },
  transient: { word: 'Failed for now', tone: 'warn' },
  terminal: { word: 'Refused', tone: 'danger' },
  app_fault: { word: 'App refused', tone: 'danger' },
  uncertain: { word: 'Uncertain', tone: 'warn' },
  discarded: { word: 'Discarded', tone: 'neutral' },
}
