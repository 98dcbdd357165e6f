import { describe, expect, it } from 'vitest'
import { type CommandGroup, filterCommands } from './command'

const go = { kind: 'go', href: '/' } as const
const groups: CommandGroup[] = [
  {
    title: 'Go to',
    commands: [
      { id: 'a', label: 'Rate limits', run: go },
      { id: 'b', label: 'Webhooks', run: go },
    ],
  },
  { title: 'Here', commands: [{ id: 'c', label: 'Reconnect', hint: 'Acme Robotics', run: go }] },
]
const found = (text: string) =>
  filterCommands(groups, text).flatMap((group) => group.commands.map(({ id }) => id))

describe('filterCommands', () => {
  it('finds by every word, in label or hint, in any order and case', () => {
    expect(found('')).toEqual(['a', 'b', 'c'])
    expect(found('LIMITS rate')).toEqual(['a'])
    expect(found('acme recon')).toEqual(['c'])
    expect(found('acme webhooks')).toEqual([])
  })

  it('leaves out groups without a match', () => {
    expect(filterCommands(groups, 'hooks').map(({ title }) => title)).toEqual(['Go to'])
  })
})
