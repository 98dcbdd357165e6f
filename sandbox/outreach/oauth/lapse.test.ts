import { describe, expect, it } from 'vitest'
import { OWNING_ORG_ID, PEOPLE } from '../data/orgs'
import { type Consent, weeklyLapses } from './lapse'

const day = 24 * 60 * 60 * 1_000
const idsOf = (own: boolean) =>
  PEOPLE.filter((one) => (one.orgId === OWNING_ORG_ID) === own).map((one) => one.id)
const consent = (personId: number, firstAtMs: number, atMs = firstAtMs): Consent => ({
  personId,
  firstAtMs,
  atMs,
})

describe('development grants', () => {
  it('never lapse for ten people of the owning org', () => {
    const ten = idsOf(true).slice(0, 10)
    expect(
      weeklyLapses(
        ten.map((id) => consent(id, 0)),
        OWNING_ORG_ID,
      ),
    ).toEqual([])
  })

  it('lapse a week after the latest consent for the eleventh, by order of arrival', () => {
    const eleven = idsOf(true).slice(0, 11)
    const late = eleven[0] ?? 0
    const consents = eleven.map((id) => consent(id, id === late ? day : 0, 3 * day))
    expect(weeklyLapses(consents, OWNING_ORG_ID)).toEqual([{ personId: late, atMs: 10 * day }])
  })

  it('lapse weekly for everyone of another org', () => {
    const others = idsOf(false)
    const due = weeklyLapses(
      others.map((id) => consent(id, day)),
      OWNING_ORG_ID,
    )
    expect(due.map((one) => one.personId).sort()).toEqual([...others].sort())
    expect(new Set(due.map((one) => one.atMs))).toEqual(new Set([8 * day]))
  })
})
