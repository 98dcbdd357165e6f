import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CircleSlash,
  type LucideIcon,
  RefreshCw,
  Wrench,
} from 'lucide-react'
import type { Tone } from '@/components/ui/badge'
import type { RotationRow } from '@/lib/server'

const kindWords: Record<RotationRow['kind'], string> = {
  code: 'Authorization code exchange',
  refresh: 'Token refresh',
  mint: 'S2S token mint',
  plugin_install: 'Install exchange for a token',
  client_credentials: 'Application token request',
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

export const outcomeLooks: Record<RotationRow['outcome'], { word: string; tone: Tone; Icon: LucideIcon }> = {
  open: { word: 'No answer yet', tone: 'warn', Icon: CircleDashed },
  renewed: { word: 'Renewed', tone: 'ok', Icon: CircleCheck },
  transient: { word: 'Failed for now', tone: 'warn', Icon: RefreshCw },
  terminal: { word: 'Refused', tone: 'danger', Icon: CircleAlert },
  app_fault: { word: 'App refused', tone: 'danger', Icon: Wrench },
  uncertain: { word: 'Uncertain', tone: 'warn', Icon: CircleHelp },
  discarded: { word: 'Discarded', tone: 'neutral', Icon: CircleSlash },
}

/** How long a call took: `80 ms`, `1.4 s`, `31 s`. @param lengthMs milliseconds */
export function durationWords(lengthMs: number): string {
  if (lengthMs < 1_000) return `${Math.max(0, Math.round(lengthMs))} ms`
  return lengthMs < 10_000 ? `${(lengthMs / 1_000).toFixed(1)} s` : `${Math.round(lengthMs / 1_000)} s`
}
