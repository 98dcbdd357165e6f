import { expect, it } from 'vitest'
import { scopeRows } from './scope-rows'

it('a catalogue becomes groups of resources with their verbs; a scope without a verb says what it is for', () => {
  const rows = scopeRows([
    { scope: 'users.read', group: 'Users' },
    { scope: 'sign-in-fields.read', group: 'Visitors' },
    { scope: 'users.write', group: 'Users', note: 'does not include read' },
    { scope: 'identity', group: 'Users', note: 'who the person is' },
    { scope: 'scim', group: 'Users' },
  ])
  expect(
    rows.map(({ group, rows: own }) => [
      group,
      ...own.map(({ resource, entries }) => [resource, ...entries.map((each) => each.verb)]),
    ]),
  ).toEqual([
    ['Users', ['users', 'read', 'write'], ['identity', 'who the person is'], ['scim', 'ask for it']],
    ['Visitors', ['sign-in-fields', 'read']],
  ])
})
