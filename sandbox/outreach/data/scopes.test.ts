import { describe, expect, it } from 'vitest'
import { ALL_SCOPES, coversScope, LEGACY_SCOPES, S2S_SCOPES } from './scopes'

describe('the scope catalogue', () => {
  it('has 188 scopes, 44 of them for S2S, each once', () => {
    expect(new Set(ALL_SCOPES).size).toBe(188)
    expect(new Set(S2S_SCOPES).size).toBe(44)
    expect(ALL_SCOPES).toHaveLength(188)
    expect(S2S_SCOPES).toHaveLength(44)
    expect(S2S_SCOPES.filter((scope) => !ALL_SCOPES.includes(scope))).toEqual([])
  })

  it('does not let write or delete stand for read', () => {
    expect(coversScope(['accounts.write', 'accounts.delete'], 'accounts.read')).toBe(false)
    expect(coversScope(['accounts.read'], 'accounts.write')).toBe(false)
  })

  it('lets .all stand for every verb of its own resource only', () => {
    for (const verb of ['read', 'write', 'delete'])
      expect(coversScope(['tasks.all'], `tasks.${verb}`)).toBe(true)
    expect(coversScope(['tasks.all'], 'taskPurposes.read')).toBe(false)
  })

  it('opens prospects and sequences to the older scopes', () => {
    expect(LEGACY_SCOPES).toHaveLength(6)
    expect(coversScope(['read_prospect'], 'prospects.read')).toBe(true)
    expect(coversScope(['read_prospect'], 'prospects.write')).toBe(false)
    expect(coversScope(['update_sequence'], 'sequences.write')).toBe(true)
  })
})
