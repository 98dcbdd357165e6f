import { factSelect } from '../core/connection-facts'
import type { ProviderId } from '../core/provider'
import { providerNames } from '../core/provider'
import type { ConnectionStatus, NextAction, StatusView } from '../core/status'
import type { Deps } from '../deps'
import { type ReconnectClock, reconnectClocks } from '../provider-apps/reconnect-clocks'
import { appFaultSelect, statusOf } from './connection-status'
import { readSurroundings, type SurroundingsOf } from './surroundings'

const shownMax = 8
/** A failure that passes by itself is nobody's affair before. */
const retryingPatienceMs = 15 * 60_000
/** From here on a clock that nothing but a person winds up again is more than something that comes up. */
export const soonMs = 3 * 24 * 60 * 60_000
/** More of them than anybody counts. */
const soonMax = 1_000

/** Something that only a person can set right, why, and the one button that helps. */
export type AttentionItem = {
  key: string
  provider: ProviderId
  status: ConnectionStatus
  title: string
  /** What is wrong, in Patchbay's words. */
  why: string
  /** What was said to the last call; `code` is null where the provider announced it. */
  said: { code: string | null; words: string } | null
  since: Date
  /** What Patchbay does by itself meanwhile. */
  next: { step: string; at: Date | null } | null
  /** The clock that runs out, of an account that works until then. */
  reconnectBy: Date | null
  /** Where the thing itself is shown. */
  href: string
  button:
    | { kind: 'reconnect'; connectionId: string }
    | { kind: 'check_again'; connectionId: string }
    | { kind: 'refresh_now'; connectionId: string }
    | { kind: 'fix_app'; appId: string }
    /** Renewals are held: the banner has the button. */
    | null
}

export type Attention = { items: AttentionItem[]; total: number }

/**
 * What needs a person: refused apps (one item each, however many accounts they have), accounts without a living grant, clocks
 * that run out within three days, then what Patchbay goes on trying by itself but has not set right for a while. Of a provider that
 * refuses many at once the banner tells, and that nobody has to do anything.
 */
export async function overviewAttention(deps: Pick<Deps, 'sql' | 'db' | 'clock'>): Promise<Attention> {
  const patience = new Date(deps.clock.now().getTime() - retryingPatienceMs)
  const troubles = await deps.db.providerTrouble.findMany({
    where: { openKey: { not: null } },
    select: { provider: true, baseUrl: true },
  })
  const groups = [broken, suspended, retryingFor(patience, troubles)]
  const around = await readSurroundings(deps)
  const [apps, soon, rows, counts] = await Promise.all([
    refusedApps(deps, around),
    reconnectClocks(deps, { withinMs: soonMs, take: soonMax, stuckOnly: true }),
    Promise.all(groups.map((where) => firstOf(deps, where))),
    Promise.all(groups.map((where) => deps.db.connection.count({ where }))),
  ])
  const [dead = [], ...trying] = rows.map((group) => group.map((row) => connectionItem(row, around)))
  const known = new Set(trying.flat().map((item) => item.key))
  const clocks = soon.filter((clock) => !known.has(clock.connectionId)).map(clockItem)
  return {
    items: [...apps, ...dead, ...clocks, ...trying.flat()].slice(0, shownMax),
    total: apps.length + clocks.length + counts.reduce((sum, count) => sum + count, 0),
  }
}

type Where = NonNullable<Parameters<Deps['db']['connection']['count']>[0]>['where']

/** Accounts of a refused app are told of by the app's own item, unless they are suspended besides. */
const broken: Where = {
  lifecycle: 'live',
  ownStatus: { in: ['needs_reconnect', 'uncertain'] },
  app: { faultAt: null },
}
const suspended: Where = { lifecycle: 'live', ownStatus: 'suspended' }

function retryingFor(since: Date, troubles: readonly { provider: ProviderId; baseUrl: string }[]): Where {
  return {
    lifecycle: 'live',
    ownStatus: 'retrying',
    retryingSince: { lte: since },
    app: { faultAt: null },
    NOT: troubles.map(({ provider, baseUrl }) => ({ provider, app: { baseUrl } })),
  }
}

const select = {
  id: true,
  provider: true,
  label: true,
  accountName: true,
  ...factSelect,
  app: { select: { ...appFaultSelect, baseUrl: true } },
} as const

function firstOf({ db }: Pick<Deps, 'db'>, where: Where) {
  return db.connection.findMany({ where, orderBy: { id: 'asc' }, take: shownMax, select })
}

async function refusedApps({ db }: Pick<Deps, 'db'>, around: SurroundingsOf): Promise<AttentionItem[]> {
  const apps = await db.providerApp.findMany({
    where: { hiddenAt: null, faultAt: { not: null } },
    select: {
      id: true,
      provider: true,
      name: true,
      baseUrl: true,
      faultAt: true,
      faultCode: true,
      faultWords: true,
      faultRetryAt: true,
      _count: { select: { connections: { where: { lifecycle: 'live' } } } },
      connections: {
        where: { lifecycle: 'live', nextAttemptAt: { not: null } },
        orderBy: { nextAttemptAt: 'asc' },
        take: 1,
        select: { nextAttemptAt: true },
      },
    },
  })
  return apps.flatMap((app) => {
    const { id, provider, name, faultAt, faultCode, faultWords } = app
    if (!faultAt) return []
    const { heldAt } = around(provider, app.baseUrl)
    return {
      key: id,
      provider,
      status: 'app_misconfigured',
      title: name,
      why: `${providerNames[provider]} refuses the app’s credentials. ${waiting(app._count.connections)}`,
      said: faultWords ? { code: faultCode, words: faultWords } : null,
      since: faultAt,
      next: heldAt ? null : nextTry(app.faultRetryAt, app.connections[0]?.nextAttemptAt ?? null),
      reconnectBy: null,
      href: `/providers/${id}`,
      button: { kind: 'fix_app', appId: id },
    }
  })
}

/** The first of its accounts that is due tries the app, once the app may be tried. */
function nextTry(retryAt: Date | null, dueAt: Date | null): AttentionItem['next'] {
  if (!retryAt || !dueAt) return null
  return { step: 'Try the credentials again', at: dueAt > retryAt ? dueAt : retryAt }
}

function waiting(count: number): string {
  if (count === 0) return 'No account depends on it yet.'
  return count === 1 ? 'One account waits for it.' : `${count} accounts wait for it.`
}

type Row = Awaited<ReturnType<typeof firstOf>>[number]

function connectionItem(row: Row, around: SurroundingsOf): AttentionItem {
  const view = statusOf(row, row.app, around(row.provider, row.app.baseUrl))
  return {
    key: row.id,
    provider: row.provider,
    status: view.status,
    title: row.label ?? row.accountName,
    why: whyWords(view.status, row.provider),
    said: saidOf(view, row.suspendedReason),
    since: view.since,
    next: view.nextStep === null ? null : { step: view.nextStep, at: view.nextStepAt },
    reconnectBy: null,
    href: `/connections/${row.id}`,
    button: buttonOf(view.action, row.id),
  }
}

function saidOf({ status, failure }: StatusView, suspendedReason: string | null): AttentionItem['said'] {
  if (status === 'suspended' && suspendedReason) return { code: null, words: suspendedReason }
  return failure?.words ? { code: failure.code, words: failure.words } : null
}

function whyWords(status: ConnectionStatus, provider: ProviderId): string {
  const name = providerNames[provider]
  switch (status) {
    case 'suspended':
      return `${name} has locked or deleted the organization.`
    case 'uncertain':
      return `An answer of ${name} was lost, and the token may have been lost with it.`
    case 'retrying':
      return `${name} has not renewed its token for a while.`
    default:
      return `${name} no longer accepts this grant.`
  }
}

function buttonOf(action: NextAction, connectionId: string): AttentionItem['button'] {
  if (action === null) return null
  return action === 'check_again' || action === 'refresh_now'
    ? { kind: action, connectionId }
    : { kind: 'reconnect', connectionId }
}

const clockWords: Record<ReconnectClock['because'], string> = {
  refresh_token: 'Its refresh token ends, and no renewal has succeeded lately.',
  no_refresh_token: 'The provider gave no refresh token, so its access ends with the access token.',
  development: 'A grant of development credentials lapses a week after consent.',
}

function clockItem({ connectionId, provider, name, by, because }: ReconnectClock): AttentionItem {
  return {
    key: connectionId,
    provider,
    status: 'healthy',
    title: name,
    why: clockWords[because],
    said: null,
    since: by,
    next: null,
    reconnectBy: by,
    href: `/connections/${connectionId}`,
    button: { kind: 'reconnect', connectionId },
  }
}
