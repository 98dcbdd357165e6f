import { expect, test } from 'vitest'
import type { HttpClient, OutboundRequest } from '../http/http-client'
import { createCallGate } from './call-gate'
import { gatedCalls } from './gated-calls'

const caller = { appId: 'a', failing: false }
const request: OutboundRequest = {
  method: 'POST',
  url: new URL('https://provider.example/oauth/token'),
  allowedOrigins: ['https://provider.example'],
  timeoutMs: 1_000,
  purpose: 'token',
}

/** A way out whose answers come when they are told to. */
function heldHttp() {
  const answers: (() => void)[] = []
  const http: HttpClient = {
    send: () =>
      new Promise((resolve) => {
        const answer = {
          kind: 'answer',
          status: 200,
          headers: new Headers(),
          text: '',
          durationMs: 1,
        } as const
        answers.push(() => resolve(answer))
      }),
  }
  return { http, answers }
}

async function rotation(patienceMs: number) {
  const gate = createCallGate({ callsMax: 1, patienceMs })
  const entry = await gate.enter(caller)
  if (entry.kind !== 'in') throw new Error('the first caller was not let in')
  const { http, answers } = heldHttp()
  return { gate, answers, calls: gatedCalls(http, gate, caller, entry.leave) }
}

test('the place is free for others from the answer of a call to the beginning of the next', async () => {
  const { gate, answers, calls } = await rotation(60_000)
  const first = calls.http.send(request)
  const other = gate.enter(caller)
  await expect.poll(() => answers.length).toBe(1)
  answers[0]?.()
  expect(await first).toMatchObject({ kind: 'answer' })
  const entered = await other
  const second = calls.http.send(request)
  expect(answers).toHaveLength(1)
  if (entered.kind === 'in') entered.leave()
  await expect.poll(() => answers.length).toBe(2)
  answers[1]?.()
  expect(await second).toMatchObject({ kind: 'answer' })
})

test('a call without a place is not sent, and says so', async () => {
  const { gate, answers, calls } = await rotation(20)
  const first = calls.http.send(request)
  await expect.poll(() => answers.length).toBe(1)
  answers[0]?.()
  await first
  expect((await gate.enter(caller)).kind).toBe('in')
  expect(await calls.http.send(request)).toMatchObject({ kind: 'no_answer', maybeSent: false })
})

test('a rotation that calls nobody gives its place back', async () => {
  const { gate, calls } = await rotation(60_000)
  calls.end()
  expect((await gate.enter(caller)).kind).toBe('in')
})
