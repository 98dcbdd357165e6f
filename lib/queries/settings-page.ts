import { hasRole, type Role, requireRole, type UserActor } from '../core/actor'
import { workersQuietMs } from '../core/workers'
import type { Deps } from '../deps'
import { deviceWords } from './device-words'

export type PersonRow = {
  id: string
  name: string
  email: string
  role: Role
  isMe: boolean
  /** Nobody else owns this Patchbay. */
  isOnlyOwner: boolean
  signsInWith: { password: boolean; oidc: boolean }
  createdAt: Date
  disabledAt: Date | null
  /** In any session of theirs; `null` before the first. */
  lastSeenAt: Date | null
  openSessions: number
}

export type SessionRow = {
  id: string
  personName: string
  /** "Firefox on Linux". */
  device: string
  address: string | null
  createdAt: Date
  lastSeenAt: Date
  expiresAt: Date
  isCurrent: boolean
}

export type ProcessRow = {
  id: string
  host: string
  pid: number
  roles: string[]
  version: string
  startedAt: Date
}

export type SettingsPage = {
  mayManage: boolean
  hasPassword: boolean
  people: PersonRow[]
  mySessions: SessionRow[]
  /** For an owner only, the newest first, 50 at most. */
  otherSessions: SessionRow[]
  about: {
    appUrl: string
    /** Patchbay runs its own PostgreSQL. */
    embeddedDatabase: boolean
    /** `null` while the sandbox is off. */
    sandboxControlUrl: string | null
    environmentApps: number
    /** Host of the identity provider; `null` where people sign in by password only. */
    oidcHost: string | null
    /** Those that have shown themselves within two minutes, the oldest first. */
    processes: ProcessRow[]
  }
}

const otherSessionsMax = 50

/** Everything the settings show to `actor`: people to everybody, sessions of others to owners. */
export async function settingsPage(deps: Deps, actor: UserActor): Promise<SettingsPage> {
  requireRole(actor, 'viewer')
  const mayManage = hasRole(actor, 'owner')
  const [people, mySessions, otherSessions, environmentApps, processes] = await Promise.all([
    listPeople(deps, actor),
    listSessions(deps, actor, { userId: actor.id }, 100),
    mayManage ? listSessions(deps, actor, { userId: { not: actor.id } }, otherSessionsMax) : [],
    deps.db.providerApp.count({ where: { origin: 'environment', hiddenAt: null } }),
    listProcesses(deps),
  ])
  const { appUrl, embedded, sandbox, oidc } = deps.config
  return {
    mayManage,
    hasPassword: people.some(({ isMe, signsInWith }) => isMe && signsInWith.password),
    people,
    mySessions,
    otherSessions,
    about: {
      appUrl: appUrl.origin,
      embeddedDatabase: embedded,
      sandboxControlUrl: sandbox.on ? `http://localhost:${sandbox.ports.control}` : null,
      environmentApps,
      oidcHost: oidc && new URL(oidc.issuer).host,
      processes,
    },
  }
}

function listProcesses({ db, clock }: Deps): Promise<ProcessRow[]> {
  return db.processBeat.findMany({
    where: { beatAt: { gt: new Date(clock.now().getTime() - workersQuietMs) } },
    select: { id: true, host: true, pid: true, roles: true, version: true, startedAt: true },
    orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
  })
}

async function listPeople({ db, clock }: Deps, actor: UserActor): Promise<PersonRow[]> {
  const [users, withPassword, seen, open] = await Promise.all([
    db.user.findMany({
      select: {
        id: true,
        name: true,
        email: true,
        role: true,
        oidcSubject: true,
        createdAt: true,
        disabledAt: true,
      },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
    }),
    // Whether there is one, not the hash.
    db.user.findMany({ where: { passwordHash: { not: null } }, select: { id: true } }),
    db.session.groupBy({ by: ['userId'], _max: { lastSeenAt: true } }),
    db.session.groupBy({
      by: ['userId'],
      where: { endedAt: null, expiresAt: { gt: clock.now() } },
      _count: { _all: true },
    }),
  ])
  const passwords = new Set(withPassword.map(({ id }) => id))
  const lastSeen = new Map(seen.map(({ userId, _max }) => [userId, _max.lastSeenAt]))
  const sessions = new Map(open.map(({ userId, _count }) => [userId, _count._all]))
  const owners = users.filter(({ role, disabledAt }) => role === 'owner' && !disabledAt)
  return users
    .map(({ oidcSubject, ...user }) => ({
      ...user,
      isMe: user.id === actor.id,
      isOnlyOwner: owners.length === 1 && owners[0]?.id === user.id,
      signsInWith: { password: passwords.has(user.id), oidc: oidcSubject !== null },
      lastSeenAt: lastSeen.get(user.id) ?? null,
      openSessions: sessions.get(user.id) ?? 0,
    }))
    .sort((one, two) => Number(one.disabledAt !== null) - Number(two.disabledAt !== null))
}

async function listSessions(
  { db, clock }: Deps,
  actor: UserActor,
  whose: { userId: string | { not: string } },
  take: number,
): Promise<SessionRow[]> {
  const rows = await db.session.findMany({
    where: { ...whose, endedAt: null, expiresAt: { gt: clock.now() }, user: { disabledAt: null } },
    select: {
      id: true,
      createdAt: true,
      lastSeenAt: true,
      expiresAt: true,
      userAgent: true,
      address: true,
      user: { select: { name: true } },
    },
    orderBy: [{ lastSeenAt: 'desc' }, { id: 'desc' }],
    take,
  })
  return rows.map(({ userAgent, user, ...session }) => ({
    ...session,
    personName: user.name,
    device: deviceWords(userAgent),
    isCurrent: session.id === actor.sessionId,
  }))
}
