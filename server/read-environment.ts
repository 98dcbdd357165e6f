import type { Settings } from '../lib/config/config'
import { loadSettings } from '../lib/config/load-config'
import { readPrivateKey } from '../lib/oauth/private-key'

type Variables = Readonly<Record<string, string | undefined>>

/** The settings, or every fault of the environment at once: those of the schema, and a private key that cannot sign. */
export function readEnvironment(
  env: Variables,
): { ok: true; settings: Settings } | { ok: false; faults: string[] } {
  const loaded = loadSettings(env)
  const keyFaults = privateKeyFaults(env.OUTREACH_S2S_PRIVATE_KEY?.trim() ?? '')
  if (loaded.ok && keyFaults.length === 0) return loaded
  return { ok: false, faults: [...(loaded.ok ? [] : loaded.faults), ...keyFaults] }
}

function privateKeyFaults(text: string): string[] {
  if (text === '') return []
  const key = readPrivateKey(text)
  return key.kind === 'refused' ? [`OUTREACH_S2S_PRIVATE_KEY cannot be used. ${key.words}`] : []
}
