import { describe, expect, it } from 'vitest'
import { type AcceptanceFacts, decideAcceptance, type OpenPress } from './decide-acceptance'

const nothing: AcceptanceFacts = {
  adminId: null,
  before: 'none',
  connectionId: null,
  presses: [],
  otherWaiting: 0,
}
const press = (flowId: string, userId: string, connectionId: string | null = null): OpenPress => ({
  flowId,
  userId,
  userName: userId,
  connectionId,
})

describe('whether an install becomes a connection at once', () => {
  it('waits when nobody asked for it', () => {
    expect(decideAcceptance(nothing)).toEqual({ kind: 'wait' })
  })

  it('is accepted when exactly one person waits for it', () => {
    const only = press('f1', 'ann')
    expect(decideAcceptance({ ...nothing, presses: [only] })).toEqual({
      kind: 'accept',
      because: 'press',
      answers: [only],
    })
  })

  it('answers all presses of that person, so that none speaks for a later stranger', () => {
    const presses = [press('f1', 'ann'), press('f2', 'ann')]
    expect(decideAcceptance({ ...nothing, presses })).toMatchObject({ kind: 'accept', answers: presses })
  })

  it('waits when two people wait, or another install waits: whose it is cannot be told', () => {
    const two = [press('f1', 'ann'), press('f2', 'ben')]
    expect(decideAcceptance({ ...nothing, presses: two })).toEqual({ kind: 'wait' })
    expect(decideAcceptance({ ...nothing, presses: [press('f1', 'ann')], otherWaiting: 1 })).toEqual({
      kind: 'wait',
    })
  })

  it('does not take a Reconnect of another connection for a request', () => {
    const reconnect = press('f1', 'ann', 'con_other')
    expect(decideAcceptance({ ...nothing, connectionId: 'con_this', presses: [reconnect] })).toEqual({
      kind: 'wait',
    })
    expect(decideAcceptance({ ...nothing, connectionId: 'con_other', presses: [reconnect] })).toMatchObject({
      kind: 'accept',
      answers: [reconnect],
    })
  })

  it('is accepted when an admin brought it, whoever else waits; only his own presses are answered', () => {
    const mine = press('f1', 'ann')
    const facts = { ...nothing, adminId: 'ann', presses: [mine, press('f2', 'ben')], otherWaiting: 3 }
    expect(decideAcceptance(facts)).toEqual({ kind: 'accept', because: 'admin', answers: [mine] })
  })

  it('continues a company that was accepted before, with or without a press', () => {
    expect(decideAcceptance({ ...nothing, before: 'live' })).toEqual({
      kind: 'accept',
      because: 'renewal',
      answers: [],
    })
    expect(
      decideAcceptance({ ...nothing, before: 'ended_by_provider', presses: [press('f1', 'ann')] }),
    ).toMatchObject({ kind: 'accept', because: 'reinstalled', answers: [{ flowId: 'f1' }] })
  })
})
