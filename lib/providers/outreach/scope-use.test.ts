import { describe, expect, it } from 'vitest'
import { outreachScopeUse } from './scope-use'

describe('the scope that a call needs', () => {
  it.each([
    ['GET', '/api/v2/prospects', 'prospects.read'],
    ['HEAD', '/api/v2/prospects', 'prospects.read'],
    ['GET', '/api/v2/prospects/{id}', 'prospects.read'],
    ['POST', '/api/v2/sequenceStates', 'sequenceStates.write'],
    ['PATCH', '/api/v2/emailAddresses/{id}', 'emailAddresses.write'],
    ['POST', '/api/v2/sequenceStates/{id}/actions/pause', 'sequenceStates.write'],
    ['DELETE', '/api/v2/accounts/{id}', 'accounts.delete'],
    ['get', '/api/v2/users/{id}/relationships/mailbox', 'users.read'],
  ])('of %s %s is %s', (method, path, scope) => {
    expect(outreachScopeUse.scopeNeeded(method, path)).toBe(scope)
  })

  it.each([
    ['GET', '/api/v2'],
    ['GET', '/api/v2/'],
    ['GET', '/api/v2/unheardOf'],
    ['GET', '/api/v2/sequencestates'],
    ['OPTIONS', '/api/v2/prospects'],
    ['GET', '/other/api/v2/prospects'],
  ])('of %s %s is not known', (method, path) => {
    expect(outreachScopeUse.scopeNeeded(method, path)).toBeNull()
  })
})

it('only scopes that a path can name are judged', () => {
  const judged = ['prospects.read', 'events.all', 'teams.aggregate', 'scim', 'read_prospects']
  expect(judged.map(outreachScopeUse.judges)).toEqual([true, true, false, false, false])
})
