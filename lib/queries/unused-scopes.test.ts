import { expect, it } from 'vitest'
import { outreachCovers } from '../core/scopes'
import { outreachScopeUse } from '../providers/outreach/scope-use'
import { outreachScopes } from '../providers/outreach/scopes'
import { unusedScopes } from './unused-scopes'

const provider = {
  known: outreachScopes('oauth_code').entries.map(({ scope }) => scope),
  judges: outreachScopeUse.judges,
  covers: outreachCovers,
}

it('tells scopes that nothing needed, and those that grant more than was needed', () => {
  const granted = ['prospects.all', 'prospects.read', 'accounts.write', 'tasks.all', 'mailings.all', 'scim']
  const needed = new Set(['prospects.read', 'tasks.read', 'tasks.write', 'tasks.delete', 'users.read'])
  expect(unusedScopes(granted, needed, provider)).toEqual({
    unused: ['accounts.write', 'mailings.all'],
    broader: [{ scope: 'prospects.all', instead: ['prospects.read'] }],
    notJudged: ['scim'],
  })
})

it('says nothing of scopes that are all in use', () => {
  expect(unusedScopes(['prospects.read'], new Set(['prospects.read']), provider)).toEqual({
    unused: [],
    broader: [],
    notJudged: [],
  })
})
