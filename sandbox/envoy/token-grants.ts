import { createHash } from 'node:crypto'
import { type Fields, single } from '../kernel/body'
import type { EnvoyApp } from './apps'
import { PEOPLE } from './directory'
import { readScopes, unknownScopes } from './scopes'
import type { EnvoyState } from './state'
import {
  canRefresh,
  findByRefresh,
  hashToken,
  type IssuedPair,
  type Minting,
  mintPair,
  rotatePair,
} from './token-pairs'

/** A refusal of the token endpoint: the status and the body's `error`, with a description where Envoy's is unknown. */
export type TokenRefusal = { status: 400 | 401 | 404; error: string; description?: string }

export type GrantOutcome = { ok: true; issued: IssuedPair } | { ok: false; refusal: TokenRefusal }

type GrantInput = { state: EnvoyState; minting: Minting; app: EnvoyApp; fields: Fields }

function refuse(status: TokenRefusal['status'], error: string, description?: string): GrantOutcome {
  return { ok: false, refusal: { status, error, ...(description === undefined ? {} : { description }) } }
}

function missing(name: string): GrantOutcome {
  return refuse(400, 'invalid_request', `${name} is missing or given twice`)
}

/** Envoy's own answer when what the grant rests on is dead: not of RFC 6749, and switchable (providers.md 2.5). */
function deadSubject(state: EnvoyState): GrantOutcome {
  return state.settings.subjectError === 'subject_not_found'
    ? refuse(404, 'subject not found')
    : refuse(400, 'invalid_grant', 'The grant is invalid, expired, revoked or of another client')
}

function exchangeCode({ state, minting, app, fields }: GrantInput): GrantOutcome {
  const value = single(fields, 'code')
  if (value === undefined) return missing('code')
  const hash = hashToken(value)
  const code = state.codes.find((candidate) => candidate.hash === hash)
  const person = PEOPLE.find((candidate) => candidate.id === code?.personId)
  if (code === undefined || person === undefined || code.used) return deadSubject(state)
  if (code.clientId !== app.clientId || code.expiresAtMs <= minting.nowMs) return deadSubject(state)
  if (fields.has('redirect_uri') && single(fields, 'redirect_uri') !== code.redirectUri) {
    return refuse(400, 'invalid_grant', 'redirect_uri is not the one of the authorization request')
  }
  const verifier = single(fields, 'code_verifier')
  if (code.codeChallenge !== null && state.settings.pkce === 'verified') {
    if (verifier === undefined) return missing('code_verifier')
    const challenge = createHash('sha256').update(verifier).digest('base64url')
    if (challenge !== code.codeChallenge) {
      return refuse(400, 'invalid_grant', 'code_verifier is not the one of the code_challenge')
    }
  }
  code.used = true
  const origin = { kind: 'authorization_code', personId: person.id, companyId: person.companyId } as const
  return {
    ok: true,
    issued: mintPair(state, minting, { clientId: app.clientId, origin, scopes: code.scopes }),
  }
}

function refresh({ state, minting, app, fields }: GrantInput): GrantOutcome {
  const value = single(fields, 'refresh_token')
  if (value === undefined) return missing('refresh_token')
  const pair = findByRefresh(state, value)
  if (pair === undefined || pair.clientId !== app.clientId || !canRefresh(pair, minting.nowMs)) {
    return deadSubject(state)
  }
  return { ok: true, issued: rotatePair(state, minting, pair) }
}

function exchangeInstall({ state, minting, app, fields }: GrantInput): GrantOutcome {
  const installId = single(fields, 'install_id')
  if (installId === undefined) return missing('install_id')
  const install = state.installs.find((candidate) => String(candidate.id) === installId)
  if (install === undefined || install.clientId !== app.clientId) return deadSubject(state)
  if (install.status === 'uninstalled') return deadSubject(state)
  const origin = { kind: 'plugin_install', installId: install.id, companyId: install.companyId } as const
  const scopes = state.settings.pluginScopes
  return { ok: true, issued: mintPair(state, minting, { clientId: app.clientId, origin, scopes }) }
}

function pluginLogin({ state, minting, app, fields }: GrantInput): GrantOutcome {
  if (app.kind !== 'plugin') return refuse(400, 'unauthorized_client', 'Only a plugin logs in as itself')
  const scopes = readScopes(fields.get('scope'))
  const beyond = scopes.filter((scope) => scope !== 'plugin' && scope !== 'token.refresh')
  if (beyond.length > 0)
    return refuse(400, 'invalid_scope', `A plugin token cannot have ${beyond.join(', ')}`)
  const origin = { kind: 'client_credentials' } as const
  return { ok: true, issued: mintPair(state, minting, { clientId: app.clientId, origin, scopes }) }
}

function passwordLogin({ state, minting, app, fields }: GrantInput): GrantOutcome {
  const username = single(fields, 'username')
  const password = single(fields, 'password')
  if (username === undefined) return missing('username')
  if (password === undefined) return missing('password')
  const person = PEOPLE.find((candidate) => candidate.email === username && candidate.password === password)
  if (person === undefined || person.role !== 'Global Admin') return deadSubject(state)
  const scopes = readScopes(fields.get('scope'))
  const unknown = unknownScopes(scopes)
  if (unknown.length > 0) return refuse(400, 'invalid_scope', `Unknown: ${unknown.join(', ')}`)
  const origin = { kind: 'password', personId: person.id, companyId: person.companyId } as const
  return { ok: true, issued: mintPair(state, minting, { clientId: app.clientId, origin, scopes }) }
}

/** Runs one token request of an authenticated app; changes `state` only when it succeeds (providers.md 2.4). */
export function runGrant(input: GrantInput): GrantOutcome {
  const grantType = single(input.fields, 'grant_type')
  switch (grantType) {
    case 'authorization_code':
      return exchangeCode(input)
    case 'refresh_token':
      return refresh(input)
    case 'plugin_install':
      return exchangeInstall(input)
    case 'client_credentials':
      return pluginLogin(input)
    case 'password':
      return passwordLogin(input)
    case undefined:
      return missing('grant_type')
    default:
      return refuse(400, 'unsupported_grant_type', 'Not a grant type of Envoy')
  }
}
