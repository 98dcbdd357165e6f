import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { type EnvoyApp, type EnvoyPlugin, readyMadeApps } from './apps'
import { findPerson } from './directory'
import { beginInstall, endInstall } from './installs'
import { type AuthorizationCode, type EnvoyInstall, type EnvoyState, initialState } from './state'
import { tokenAnswer } from './token-answer'
import { type GrantOutcome, runGrant } from './token-grants'
import { hashToken, type IssuedPair, isAccessLive, markUsed } from './token-pairs'

const REDIRECT = 'http://localhost:3000/api/callback/envoy'
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

let state: EnvoyState
let plugin: EnvoyPlugin
let oauth: EnvoyApp
let nowMs: number
let serial: number

beforeEach(() => {
  state = initialState()
  const urls = { callbackUrl: REDIRECT, webhookUrl: 'http://localhost:3000/wh' }
  const apps = readyMadeApps({ plugin: 'p', oauth: 'o' }, urls)
  plugin = apps[0]
  oauth = apps[1]
  nowMs = Date.UTC(2025, 0, 1)
  serial = 0
})

function ask(app: EnvoyApp, values: Record<string, string | string[]>): GrantOutcome {
  const fields = new Map(Object.entries(values).map(([name, value]) => [name, [value].flat()]))
  const randomText = () => {
    serial += 1
    return `token-${serial}`
  }
  return runGrant({ state, minting: { nowMs, randomText }, app, fields })
}

function issued(outcome: GrantOutcome): IssuedPair {
  if (!outcome.ok) throw new Error(`refused: ${outcome.refusal.error}`)
  return outcome.issued
}

function refusal(outcome: GrantOutcome): [number, string] {
  if (outcome.ok) throw new Error('it was granted')
  return [outcome.refusal.status, outcome.refusal.error]
}

function putCode(change: Partial<AuthorizationCode> = {}): void {
  state.codes.push({
    hash: hashToken('the-code'),
    clientId: oauth.clientId,
    redirectUri: REDIRECT,
    personId: '7001',
    scopes: ['locations.read', 'token.refresh'],
    codeChallenge: null,
    expiresAtMs: nowMs + 600_000,
    used: false,
    ...change,
  })
}

function putInstall(): EnvoyInstall {
  const person = findPerson('7001')
  const install = person && beginInstall(state, { app: plugin, person, locationId: '20011', nowMs })
  if (!install) throw new Error('no install')
  return install
}

function refreshOf(token: IssuedPair): Record<string, string> {
  return { grant_type: 'refresh_token', refresh_token: token.refreshToken ?? '' }
}

const byCode = { grant_type: 'authorization_code', code: 'the-code' }
const NOT_FOUND = [404, 'subject not found']

describe('authorization_code', () => {
  it('answers with the keys and figures of seed 003', () => {
    putCode()
    expect(tokenAnswer(issued(ask(oauth, byCode)))).toEqual({
      token_type: 'Bearer',
      access_token: 'token-1',
      expires_in: 86400,
      refresh_token: 'token-2',
      refresh_token_expires_in: 2592000,
      state: null,
      company_id: '100000',
    })
  })

  it('gives no refresh token without the scope token.refresh', () => {
    putCode({ scopes: ['locations.read'] })
    const answer = tokenAnswer(issued(ask(oauth, byCode)))
    expect(answer).toMatchObject({ refresh_token: null, refresh_token_expires_in: null })
  })

  it('needs no redirect_uri, takes the right one and refuses another without spending the code', () => {
    putCode()
    expect(refusal(ask(oauth, { ...byCode, redirect_uri: 'http://localhost:3000/else' }))[0]).toBe(400)
    expect(ask(oauth, { ...byCode, redirect_uri: REDIRECT }).ok).toBe(true)
  })

  it('refuses a code that was used, is too old, unknown or of another app', () => {
    putCode()
    expect(refusal(ask(plugin, byCode))).toEqual(NOT_FOUND)
    issued(ask(oauth, byCode))
    expect(refusal(ask(oauth, byCode))).toEqual(NOT_FOUND)
    expect(refusal(ask(oauth, { ...byCode, code: 'other' }))).toEqual(NOT_FOUND)
    putCode({ hash: hashToken('old'), expiresAtMs: nowMs })
    expect(refusal(ask(oauth, { ...byCode, code: 'old' }))).toEqual(NOT_FOUND)
  })

  it('holds a code challenge to its verifier, and ignores it when switched so', () => {
    const codeChallenge = createHash('sha256').update('right').digest('base64url')
    putCode({ codeChallenge })
    expect(refusal(ask(oauth, byCode))).toEqual([400, 'invalid_request'])
    expect(refusal(ask(oauth, { ...byCode, code_verifier: 'wrong' }))).toEqual([400, 'invalid_grant'])
    expect(ask(oauth, { ...byCode, code_verifier: 'right' }).ok).toBe(true)
    state.settings.pkce = 'ignored'
    putCode({ hash: hashToken('second'), codeChallenge })
    expect(ask(oauth, { ...byCode, code: 'second', code_verifier: 'wrong' }).ok).toBe(true)
  })
})

describe('refresh_token', () => {
  it('gives a new pair of the same company and scopes for 30 days after the last one', () => {
    putCode()
    const first = issued(ask(oauth, byCode))
    nowMs += 30 * DAY_MS - 1
    const second = issued(ask(oauth, refreshOf(first)))
    expect(second.refreshToken).not.toBe(first.refreshToken)
    expect(second.pair.scopes).toEqual(first.pair.scopes)
    nowMs += 30 * DAY_MS
    expect(refusal(ask(oauth, refreshOf(second)))).toEqual(NOT_FOUND)
  })

  it('refuses the refresh token of another app, and an access token in its place', () => {
    putCode()
    const first = issued(ask(oauth, byCode))
    expect(refusal(ask(plugin, refreshOf(first)))).toEqual(NOT_FOUND)
    const wrong = { grant_type: 'refresh_token', refresh_token: first.accessToken }
    expect(refusal(ask(oauth, wrong))).toEqual(NOT_FOUND)
  })

  it('immediate: the used refresh token is dead at once', () => {
    putCode()
    const first = issued(ask(oauth, byCode))
    const second = issued(ask(oauth, refreshOf(first)))
    expect(refusal(ask(oauth, refreshOf(first)))).toEqual(NOT_FOUND)
    expect(ask(oauth, refreshOf(second)).ok).toBe(true)
  })

  it('first_use: it works until the new pair is used', () => {
    state.settings.rotationMode = 'first_use'
    putCode()
    const first = issued(ask(oauth, byCode))
    const second = issued(ask(oauth, refreshOf(first)))
    expect(ask(oauth, refreshOf(first)).ok).toBe(true)
    markUsed(state, second.pair)
    expect(refusal(ask(oauth, refreshOf(first)))).toEqual(NOT_FOUND)
  })

  it('grace: it works to its own end', () => {
    state.settings.rotationMode = 'grace'
    putCode()
    const first = issued(ask(oauth, byCode))
    markUsed(state, issued(ask(oauth, refreshOf(first))).pair)
    expect(ask(oauth, refreshOf(first)).ok).toBe(true)
    nowMs += 30 * DAY_MS
    expect(refusal(ask(oauth, refreshOf(first)))).toEqual(NOT_FOUND)
  })

  it('answers 400 invalid_grant for a dead token when switched so', () => {
    state.settings.subjectError = 'invalid_grant'
    expect(refusal(ask(oauth, { grant_type: 'refresh_token', refresh_token: 'x' }))).toEqual([
      400,
      'invalid_grant',
    ])
  })
})

describe('plugin_install', () => {
  it('gives a pair for the install, its company and the scopes the plugin is registered with', () => {
    const install = putInstall()
    const pair = issued(ask(plugin, { grant_type: 'plugin_install', install_id: String(install.id) }))
    expect(tokenAnswer(pair)).toMatchObject({
      expires_in: 86400,
      refresh_token_expires_in: 2592000,
      company_id: '100000',
    })
    expect(pair.pair.scopes).toEqual(state.settings.pluginScopes)
  })

  it('gives no refresh token to a plugin that is not registered with token.refresh', () => {
    const install = putInstall()
    state.settings.pluginScopes = ['locations.read']
    const answer = tokenAnswer(
      issued(ask(plugin, { grant_type: 'plugin_install', install_id: String(install.id) })),
    )
    expect(answer.refresh_token).toBeNull()
  })

  it('refuses an unknown install, another app, and an uninstalled one with all its tokens', () => {
    const install = putInstall()
    const grant = { grant_type: 'plugin_install', install_id: String(install.id) }
    expect(refusal(ask(plugin, { ...grant, install_id: '999' }))).toEqual(NOT_FOUND)
    expect(refusal(ask(oauth, grant))).toEqual(NOT_FOUND)
    const pair = issued(ask(plugin, grant))
    endInstall(state, install)
    expect(refusal(ask(plugin, grant))).toEqual(NOT_FOUND)
    expect(refusal(ask(plugin, refreshOf(pair)))).toEqual(NOT_FOUND)
    expect(isAccessLive(pair.pair, nowMs)).toBe(false)
  })

  it('leaves the tokens of an uninstalled install alone when switched so', () => {
    state.settings.uninstallRevokes = false
    const install = putInstall()
    const pair = issued(ask(plugin, { grant_type: 'plugin_install', install_id: String(install.id) }))
    endInstall(state, install)
    expect(isAccessLive(pair.pair, nowMs)).toBe(true)
  })
})

describe('client_credentials and password', () => {
  it("takes the SDK's comma-joined scopes for the plugin's own token, which has no company", () => {
    const pair = issued(ask(plugin, { grant_type: 'client_credentials', scope: 'plugin,token.refresh' }))
    expect(tokenAnswer(pair).company_id).toBeNull()
    expect(pair.refreshToken).not.toBeNull()
  })

  it("refuses it to an app that is no plugin, and to users' scopes", () => {
    expect(refusal(ask(oauth, { grant_type: 'client_credentials' }))).toEqual([400, 'unauthorized_client'])
    const beyond = { grant_type: 'client_credentials', scope: 'plugin locations.read' }
    expect(refusal(ask(plugin, beyond))).toEqual([400, 'invalid_scope'])
  })

  it('takes the password of a Global Admin, with scopes as a list, and nobody else', () => {
    const dana = {
      grant_type: 'password',
      username: 'dana@harborpine.example',
      password: 'front desk + lobby',
    }
    const pair = issued(ask(oauth, { ...dana, scope: ['locations.read', 'token.refresh'] }))
    expect(pair.pair.scopes).toEqual(['locations.read', 'token.refresh'])
    expect(refusal(ask(oauth, { ...dana, password: 'wrong' }))).toEqual(NOT_FOUND)
    const luis = { grant_type: 'password', username: 'luis@harborpine.example', password: 'badge printer 2' }
    expect(refusal(ask(oauth, luis))).toEqual(NOT_FOUND)
    expect(refusal(ask(oauth, { ...dana, scope: 'location.read' }))).toEqual([400, 'invalid_scope'])
  })
})

describe('any grant', () => {
  it.each([
    [{}, 'invalid_request'],
    [{ grant_type: ['refresh_token', 'password'] }, 'invalid_request'],
    [{ grant_type: 'urn:ietf:params:oauth:grant-type:device_code' }, 'unsupported_grant_type'],
    [{ grant_type: 'authorization_code' }, 'invalid_request'],
    [{ grant_type: 'refresh_token' }, 'invalid_request'],
    [{ grant_type: 'plugin_install' }, 'invalid_request'],
    [{ grant_type: 'password', username: 'x' }, 'invalid_request'],
  ])('refuses %j with 400 %s', (values, error) => {
    expect(refusal(ask(oauth, values as Record<string, string | string[]>))).toEqual([400, error])
  })

  it('keeps no token value in the state', () => {
    putCode()
    issued(ask(oauth, byCode))
    expect(JSON.stringify(state.tokens)).not.toMatch(/token-[12]/)
  })
})
