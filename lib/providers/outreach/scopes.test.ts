import { describe, expect, it } from 'vitest'
import { outreach } from './outreach'
import { outreachScopes } from './scopes'

const names = (grant: 'oauth_code' | 's2s') => outreachScopes(grant).entries.map((entry) => entry.scope)

describe('Outreach’s scope catalogue', () => {
  it('has 188 scopes for users and 44 for S2S, none twice, S2S all among the others', () => {
    expect(names('oauth_code')).toHaveLength(188)
    expect(names('s2s')).toHaveLength(44)
    expect(new Set(names('oauth_code')).size).toBe(188)
    expect(names('s2s').filter((scope) => !names('oauth_code').includes(scope))).toEqual([])
  })

  it('has the odd ones', () => {
    for (const scope of [
      'scim',
      'teams.aggregate',
      'users.aggregate',
      'kaiaVoiceImports.write',
      'auditLogs.read',
    ])
      expect(names('oauth_code')).toContain(scope)
    for (const scope of ['users.delete', 'mailings.delete', 'events.delete', 'auditLogs.write'])
      expect(names('oauth_code')).not.toContain(scope)
  })

  it('groups every entry and says that write does not include read', () => {
    for (const entry of [...outreachScopes('oauth_code').entries, ...outreachScopes('s2s').entries]) {
      expect(entry.group).not.toBe('')
      expect(entry.group).not.toBe('Other')
    }
    expect(outreachScopes('oauth_code').note).toMatch(/Write does not include read/)
    expect(
      outreachScopes('oauth_code').entries.find(({ scope }) => scope === 'accounts.write')?.note,
    ).toMatch(/not include read/)
  })

  it('must be picked from for users only', () => {
    expect(outreach.scopes({ grants: ['oauth_code'] }, 'oauth_code').required).toBe(true)
    expect(outreach.scopes({ grants: ['s2s'] }, 's2s').required).toBe(false)
  })

  it('knows that all covers every verb but aggregate, and write nothing else', () => {
    expect(outreach.covers('accounts.all', 'accounts.delete')).toBe(true)
    expect(outreach.covers('accounts.write', 'accounts.read')).toBe(false)
    expect(outreach.covers('users.all', 'users.aggregate')).toBe(false)
    expect(outreach.covers('accounts.all', 'calls.read')).toBe(false)
  })
})
