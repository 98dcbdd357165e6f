import type { Deps } from '../deps'
import { parseReference } from '../installs/install-reference'
import { landingRefusal, refuseLanding } from '../installs/landing-outcome'

/** What the person at the other company is told. It needs no sign-in, so it holds nothing but names that this person knows. */
export type LandedPage = {
  reference: string
  state: 'waiting' | 'connected' | 'declined' | 'uninstalled'
  appName: string
  /** `null` when Outreach named no org. */
  orgName: string | null
  /** Where the person came from. */
  backUrl: string
}

const states = {
  waiting: 'waiting',
  accepted: 'connected',
  refused: 'declined',
  uninstalled: 'uninstalled',
} as const

/**
 * One install by the reference its visitor was given (40 random bits, so it cannot be guessed).
 *
 * @returns `null` for a reference that is none or names no install of Outreach
 */
export async function landedPage(deps: Pick<Deps, 'db'>, reference: string): Promise<LandedPage | null> {
  const parsed = parseReference(reference)
  if (!parsed) return null
  const install = await deps.db.install.findUnique({
    where: { reference: parsed },
    select: {
      provider: true,
      state: true,
      orgName: true,
      app: { select: { name: true, baseUrl: true, browserUrl: true } },
    },
  })
  if (install?.provider !== 'outreach') return null
  return {
    reference: parsed,
    state: states[install.state],
    appName: install.app.name,
    orgName: install.orgName,
    backUrl: backUrl(install.app),
  }
}

export type RefusedLanding = { words: string; next: string; backUrl: string | null }

/**
 * Why a set-up link was refused, in our own words only.
 *
 * @param why a code as it came in the URL; an unknown one reads as the plain refusal
 * @returns `backUrl` only where all S2S apps live at one place: a refused link does not say whose it was
 */
export async function refusedLanding(deps: Pick<Deps, 'db'>, why: string): Promise<RefusedLanding> {
  const outcome = refuseLanding(landingRefusal(why))
  if (outcome.kind !== 'refused') throw new Error('a refusal is refused')
  const apps = await deps.db.providerApp.findMany({
    where: { provider: 'outreach', grants: { has: 's2s' }, hiddenAt: null },
    select: { baseUrl: true, browserUrl: true },
    take: 20,
  })
  const places = [...new Set(apps.map(backUrl))]
  return {
    words: outcome.words,
    next: outcome.next,
    backUrl: places.length === 1 ? (places[0] ?? null) : null,
  }
}

/** People sign in at accounts.outreach.io; the API's host has no pages (providers.md 1.1). */
function backUrl(app: { baseUrl: string; browserUrl: string | null }): string {
  const { origin } = new URL(app.browserUrl ?? app.baseUrl)
  return origin === 'https://api.outreach.io' ? 'https://accounts.outreach.io' : origin
}
