import { personById } from '../data/orgs'

/** One person's standing consent to one development app. `atMs` is the latest consent, `firstAtMs` the first. */
export type Consent = { readonly personId: number; readonly firstAtMs: number; readonly atMs: number }

export type DueLapse = { readonly personId: number; readonly atMs: number }

/** Development credentials are renewed weekly by those whom they do not serve without limit (seed 001). */
const LAPSE_AFTER_MS = 7 * 24 * 60 * 60 * 1_000
/** People of the owning org whom development credentials serve without limit (seed 001). */
const UNLIMITED_PEOPLE = 10

/**
 * Who of the people with a consent to one development app has to authorise again, and when: everyone of another org, and of
 * the owning org those who came after the tenth.
 */
export function weeklyLapses(consents: readonly Consent[], owningOrgId: number): DueLapse[] {
  const isOwn = (consent: Consent) => personById(consent.personId)?.orgId === owningOrgId
  const own = consents.filter(isOwn).sort((a, b) => a.firstAtMs - b.firstAtMs || a.personId - b.personId)
  const limited = [...consents.filter((consent) => !isOwn(consent)), ...own.slice(UNLIMITED_PEOPLE)]
  return limited.map(({ personId, atMs }) => ({ personId, atMs: atMs + LAPSE_AFTER_MS }))
}
