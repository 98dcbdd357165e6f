import { type Actor, requireRole } from '../core/actor'
import type { ProviderId } from '../core/provider'
import type { Deps } from '../deps'
import { type AuditEntryView, auditEntries, auditSelect } from './audit-entry'
import { type ConnectOffer, connectOffers } from './connect-offers'
import { type Attention, overviewAttention } from './overview-attention'
import { type ComingUp, overviewComingUp } from './overview-coming-up'
import { type OverviewFigures, overviewFigures } from './overview-figures'
import { overviewProviders, type ProviderCard } from './overview-providers'
import { overviewWaiting, type Waiting } from './overview-waiting'

const latelyCount = 10

export type OverviewPage = {
  providers: (ProviderCard & { offers: ConnectOffer[] })[]
  attention: Attention
  comingUp: ComingUp
  figures: OverviewFigures
  waiting: Waiting
  lately: AuditEntryView[]
  /** How far a fresh installation has come. */
  firstUse: 'no_app' | 'no_connection' | 'done'
  sandboxOn: boolean
}

/** Everything of the overview, in one reading. @throws PatchbayError `forbidden` */
export async function overviewPage(
  deps: Pick<Deps, 'sql' | 'db' | 'clock' | 'config' | 'providers'>,
  actor: Actor,
): Promise<OverviewPage> {
  requireRole(actor, 'viewer')
  const [offers, cards, attention, comingUp, figures, waiting, events] = await Promise.all([
    connectOffers(deps, actor),
    overviewProviders(deps),
    overviewAttention(deps),
    overviewComingUp(deps),
    overviewFigures(deps),
    overviewWaiting(deps),
    deps.db.auditEvent.findMany({ orderBy: { id: 'desc' }, take: latelyCount, select: auditSelect }),
  ])
  const providers = cards.map((card) => ({ ...card, offers: offers[card.provider] }))
  return {
    providers,
    attention,
    comingUp,
    figures,
    waiting,
    lately: await auditEntries(deps, events),
    firstUse: howFar(offers, cards),
    sandboxOn: deps.config.sandbox.on,
  }
}

function howFar(
  offers: Record<ProviderId, ConnectOffer[]>,
  cards: readonly ProviderCard[],
): OverviewPage['firstUse'] {
  if (cards.some((card) => card.statuses.length > 0)) return 'done'
  return Object.values(offers).some((list) => list.length > 0) ? 'no_connection' : 'no_app'
}
