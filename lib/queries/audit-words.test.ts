import { expect, it } from 'vitest'
import { auditFacts, auditWords } from './audit-words'

it('reads on from the actor’s name, for an action of tomorrow as well', () => {
  expect(auditWords('install.refused')).toBe('refused the install of')
  expect(auditWords('provider_app.key_lent')).toBe('key lent the provider app')
})

it('says of a press that it was pressed, because whether the token was renewed stands in its result', () => {
  expect(auditWords('connection.refreshed')).toBe('pressed Refresh now for')
})

it('says of a program what it asked for, because it presses nothing', () => {
  expect(auditWords('connection.refreshed', 'key')).toBe('asked for a new token of')
  expect(auditWords('connection.renamed', 'key')).toBe('renamed')
})

it('reads as a sentence where Patchbay itself finds a connection in trouble', () => {
  expect(auditWords('connection.needs_reconnect')).toBe('can no longer renew')
  expect(auditWords('connection.suspended')).toBe('learnt of the suspension of')
  expect(auditWords('provider.trouble_began')).toBe('saw many accounts refused at once by')
})

it('leaves names and scopes as they are, and spells only our own words', () => {
  expect(
    auditFacts({
      app: 'My_app',
      scopes: ['provision_users'],
      grant: 'oauth_code',
      before: null,
      newTokens: true,
    }),
  ).toEqual([
    { name: 'App', value: 'My_app' },
    { name: 'Scopes', value: 'provision_users' },
    { name: 'Grant', value: 'oauth code' },
    { name: 'New tokens', value: 'yes' },
  ])
})
