import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Install, S2sToken, SetupToken } from '../state'

/** What this Outreach remembers of the S2S app. */
export type S2sState = {
  installs: Install[]
  setupTokens: SetupToken[]
  s2sTokens: S2sToken[]
  lockedOrgs: number[]
  deletedOrgs: number[]
}

/** `installSetupToken` is valid for 15 minutes (providers.md 1.5). */
const SETUP_TOKEN_TTL_MS = 15 * 60 * 1_000

/** Tokens are kept as hashes only. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** The org's present install, if it has one. */
export function installOfOrg(state: S2sState, orgId: number): Install | undefined {
  return state.installs.find((install) => install.orgId === orgId && install.deletedAtMs === null)
}

/** Installs the app in an org. The org must not have it yet. */
export function addInstall(state: S2sState, orgId: number, installedById: number, nowMs: number): Install {
  const install = { guid: randomUUID(), orgId, installedById, installedAtMs: nowMs, deletedAtMs: null }
  state.installs.push(install)
  return install
}

/** Ends an install and every token that came of it. */
export function endInstall(state: S2sState, install: Install, nowMs: number): void {
  install.deletedAtMs = nowMs
  state.setupTokens = state.setupTokens.filter((one) => one.installGuid !== install.guid)
  for (const token of state.s2sTokens) if (token.installGuid === install.guid) token.revoked = true
}

/** A fresh setup token for the landing URL, to be shown once. */
export function issueSetupToken(state: S2sState, install: Install, nowMs: number): string {
  const token = randomBytes(32).toString('base64url')
  const live = state.setupTokens.filter((one) => one.issuedAtMs + SETUP_TOKEN_TTL_MS > nowMs)
  const entry = { hash: hashOf(token), installGuid: install.guid, issuedAtMs: nowMs, used: false }
  state.setupTokens = [...live, entry]
  return token
}

/** Takes a setup token. Undefined when it is unknown, over 15 minutes old, or used before and good only `once`. */
export function takeSetupToken(
  state: S2sState,
  token: string,
  use: 'many' | 'once',
  nowMs: number,
): Install | undefined {
  const entry = state.setupTokens.find((one) => one.hash === hashOf(token))
  if (entry === undefined || entry.issuedAtMs + SETUP_TOKEN_TTL_MS <= nowMs) return undefined
  if (use === 'once' && entry.used) return undefined
  entry.used = true
  return state.installs.find((install) => install.guid === entry.installGuid && install.deletedAtMs === null)
}
