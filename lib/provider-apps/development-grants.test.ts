import { describe, expect, it } from 'vitest'
import { developmentGrants, type GrantOfPerson } from './development-grants'

const owner = { id: '7', name: 'Acme' }
const start = Date.parse('2026-03-01T00:00:00Z')
const hours = (count: number) => new Date(start + count * 3_600_000)

function grant(number: number, more: Partial<GrantOfPerson> = {}): GrantOfPerson {
  return {
    connectionId: `con_${number}`,
    name: `Person ${number}`,
    externalAccountId: String(number),
    externalOrgId: '7',
    orgName: 'Acme',
    consentAt: hours(number),
    ...more,
  }
}
const people = (count: number) => Array.from({ length: count }, (_, index) => grant(index + 1))

describe('grants of development credentials', () => {
  it('of ten people of the owning org do not lapse', () => {
    expect(developmentGrants(owner, people(10))).toEqual({ ownPeople: 10, lapsing: [] })
  })

  it('lapse a week after consent from the eleventh person on, in whatever order they are read', () => {
    expect(developmentGrants(owner, people(11).reverse())).toEqual({
      ownPeople: 11,
      lapsing: [
        { connectionId: 'con_11', name: 'Person 11', reason: 'beyond_ten', lapsesAt: hours(11 + 7 * 24) },
      ],
    })
  })

  it('count a person once, however many connections', () => {
    const second = grant(30, { connectionId: 'con_again', externalAccountId: '1' })
    expect(developmentGrants(owner, [...people(10), second])).toEqual({ ownPeople: 10, lapsing: [] })
  })

  it('lapse for other orgs and are in doubt where the org is not known', () => {
    const stranger = grant(1, { externalOrgId: '8', orgName: 'Globex' })
    const nobody = grant(2, { externalOrgId: null, orgName: null, consentAt: null })
    expect(developmentGrants(owner, [stranger, nobody])).toEqual({
      ownPeople: 0,
      lapsing: [
        { connectionId: 'con_1', name: 'Person 1', reason: 'other_org', lapsesAt: hours(1 + 7 * 24) },
        { connectionId: 'con_2', name: 'Person 2', reason: 'unknown_org', lapsesAt: null },
      ],
    })
  })

  it('are matched by the org’s name where no id is entered', () => {
    expect(developmentGrants({ id: null, name: ' acme ' }, people(1))).toEqual({ ownPeople: 1, lapsing: [] })
  })

  it('are not judged while no owning org is entered', () => {
    expect(developmentGrants({ id: null, name: null }, people(12))).toEqual({ ownPeople: null, lapsing: [] })
  })
})
