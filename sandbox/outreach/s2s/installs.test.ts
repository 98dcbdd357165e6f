import { describe, expect, it } from 'vitest'
import {
  addInstall,
  endInstall,
  installOfOrg,
  issueSetupToken,
  type S2sState,
  takeSetupToken,
} from './installs'

const now = Date.UTC(2026, 0, 5, 9)
const minute = 60_000
const empty = (): S2sState => ({
  installs: [],
  setupTokens: [],
  s2sTokens: [],
  lockedOrgs: [],
  deletedOrgs: [],
})

describe('a setup token', () => {
  it('leads to its install for fifteen minutes, as often as it likes', () => {
    const state = empty()
    const install = addInstall(state, 101, 1001, now)
    const token = issueSetupToken(state, install, now)
    expect(takeSetupToken(state, token, 'many', now)).toBe(install)
    expect(takeSetupToken(state, token, 'many', now + 15 * minute - 1)).toBe(install)
    expect(takeSetupToken(state, token, 'many', now + 15 * minute)).toBeUndefined()
  })

  it('leads there once when told so', () => {
    const state = empty()
    const token = issueSetupToken(state, addInstall(state, 101, 1001, now), now)
    expect(takeSetupToken(state, token, 'once', now)).toBeDefined()
    expect(takeSetupToken(state, token, 'once', now)).toBeUndefined()
  })

  it('cannot be guessed, and is not readable in the state', () => {
    const state = empty()
    const token = issueSetupToken(state, addInstall(state, 101, 1001, now), now)
    expect(takeSetupToken(state, `${token}x`, 'many', now)).toBeUndefined()
    expect(JSON.stringify(state)).not.toContain(token)
  })

  it('dies with its install', () => {
    const state = empty()
    const install = addInstall(state, 101, 1001, now)
    const token = issueSetupToken(state, install, now)
    endInstall(state, install, now)
    expect(takeSetupToken(state, token, 'many', now)).toBeUndefined()
    expect(installOfOrg(state, 101)).toBeUndefined()
  })
})

it('an org that installs again gets another install', () => {
  const state = empty()
  const first = addInstall(state, 101, 1001, now)
  endInstall(state, first, now)
  expect(addInstall(state, 101, 1001, now).guid).not.toBe(first.guid)
  expect(installOfOrg(state, 101)?.guid).not.toBe(first.guid)
})
