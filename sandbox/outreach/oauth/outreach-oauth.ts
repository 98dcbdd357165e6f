import { createDoorkeeper, type Doorkeeper } from '../../doorkeeper/doorkeeper'
import type { DoorkeeperClient, MintRequest } from '../../doorkeeper/options'
import type { SandboxContext } from '../../kernel/contract'
import type { Store } from '../../kernel/store'
import { bearerJwt } from '../api/bearer-jwt'
import { DEV_APP_KEY, LEGACY_APP_KEY, type OutreachApps } from '../apps'
import { orgById, PEOPLE, type Person, personById } from '../data/orgs'
import type { OutreachState } from '../state'
import { describeScope, developmentNotice } from './consent-words'
import { legacyAnswer } from './legacy-answer'
import { refuseEarlyMint } from './mint-throttle'

/** Lives as seed 001 and providers.md 1.1 give them; a code is good for Doorkeeper's ten minutes. */
const ACCESS_TTL_S = 7_200
const REFRESH_TTL_S = 14 * 24 * 60 * 60
const CODE_TTL_S = 600
/** "Max 100 active refresh tokens per user per app" (providers.md 1.1, fact 6). */
const REFRESH_TOKENS_MAX = 100

export type OAuthDeps = {
  readonly context: SandboxContext
  readonly store: Store<OutreachState>
  readonly apps: OutreachApps
  readonly signingKey: string
}

/** Outreach's authorization server: a Doorkeeper with JWTs, a mint a minute, and an end to refresh tokens. */
export function createOutreachOAuth(deps: OAuthDeps): Doorkeeper {
  const { context, store, apps } = deps
  const mintKey = (clientId: string, ownerId: string | null) => `${clientId}/${ownerId}`
  return createDoorkeeper({
    context,
    label: 'Outreach',
    accessTtlS: ACCESS_TTL_S,
    refreshTtlS: REFRESH_TTL_S,
    codeTtlS: CODE_TTL_S,
    scopeCompulsory: true,
    refreshTokensMax: REFRESH_TOKENS_MAX,
    findClient: (clientId) => clientOf(apps, clientId),
    people: () => PEOPLE.map(present),
    makeAccessToken: (request) => accessToken(deps, request),
    refuseMint({ client, ownerId }) {
      const { mintThrottle, mintRetryAfter } = store.state.switches
      if (!mintThrottle) return null
      const key = mintKey(client.clientId, ownerId)
      return refuseEarlyMint(store.state.lastMintsMs, key, context.clock.nowMs(), mintRetryAfter)
    },
    minted(row, grantType) {
      store.state.lastMintsMs[mintKey(row.clientId, row.ownerId)] = row.createdAtMs
      if (grantType === 'authorization_code')
        noteConsent(store.state, row.clientId, row.ownerId, row.createdAtMs)
      store.touch()
    },
    shapeAnswer: (body, { client }) => (client.clientId === LEGACY_APP_KEY ? legacyAnswer(body) : body),
    consentNotice: (client) => (client.clientId === DEV_APP_KEY ? developmentNotice() : null),
    describeScope,
  })
}

function clientOf(apps: OutreachApps, clientId: string): DoorkeeperClient | undefined {
  const app = apps.list().find((one) => one.clientId === clientId)
  if (app?.clientSecret === null || app?.clientSecret === undefined) return undefined
  return {
    clientId,
    secret: app.clientSecret,
    name: app.name,
    redirectUris: app.redirectUris,
    grants: ['authorization_code'],
    scopes: app.scopes,
    defaultScopes: [],
    keepsRefreshToken: clientId === LEGACY_APP_KEY,
  }
}

function present(person: Person) {
  const org = orgById(person.orgId)?.name ?? ''
  return {
    id: String(person.id),
    name: `${person.firstName} ${person.lastName}`,
    email: person.email,
    detail: person.admin ? `${org}, admin` : org,
  }
}

/** The claims that were seen in Outreach's tokens (providers.md 1.1, fact 14), and their end. */
function accessToken({ context, signingKey }: OAuthDeps, { client, ownerId }: MintRequest): string {
  const person = personById(Number(ownerId))
  const iat = context.clock.nowS()
  const claims = { sub: person?.email, aud: client.clientId, org_user_id: person?.id, iat }
  return bearerJwt({ ...claims, exp: iat + ACCESS_TTL_S }, signingKey)
}

function noteConsent(state: OutreachState, appKey: string, ownerId: string | null, atMs: number): void {
  const personId = Number(ownerId)
  const consents = state.consents[appKey] ?? []
  const firstAtMs = consents.find((one) => one.personId === personId)?.firstAtMs ?? atMs
  const others = consents.filter((one) => one.personId !== personId)
  state.consents[appKey] = [...others, { personId, firstAtMs, atMs }]
}
