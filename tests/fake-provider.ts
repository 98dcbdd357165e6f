import { afterEach } from 'vitest'
import { Secret } from '../lib/core/secret'
import { createHttpClient } from '../lib/http/undici-http-client'
import type { ApiAnswerFacts, CallContext, OpenApp } from '../lib/providers/contract'
import { createLogger } from '../lib/telemetry/logger'
import { type FakeAnswer, type FakeCall, fakeServer } from './fake-server'

export const fakeNow = new Date('2026-03-01T12:00:00.000Z')

const blankApp: OpenApp = {
  id: 'app_1',
  slug: 'app',
  provider: 'outreach',
  environment: 'production',
  name: 'Test app',
  grants: ['oauth_code'],
  baseUrl: 'http://127.0.0.1:9',
  browserUrl: null,
  clientId: 'client id+1',
  clientSecret: Secret.of('s+e/c=r&e%t'),
  scopes: [],
  s2sGuid: null,
  s2sPrivateKey: null,
  installUrl: null,
  pluginId: null,
  webhookSecret: null,
  rateLimitBypass: null,
}

/** An app as a verb would open it, without a server behind it. */
export function openApp(more: Partial<OpenApp>): OpenApp {
  return { ...blankApp, ...more }
}

/**
 * Starts fakes that stand for a provider for one test file: real servers, the real HTTP client, a clock that stands still.
 * Everything ends after each test.
 */
export function fakeProviders() {
  const closers: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closers.splice(0)) await close()
  })
  return async (answer: (call: FakeCall) => FakeAnswer) => {
    const server = await fakeServer(answer)
    const lines: string[] = []
    const http = createHttpClient({
      log: createLogger('debug', { write: (line: string) => void lines.push(line) }),
    })
    closers.push(
      () => http.close(),
      () => server.close(),
    )
    const answers: ApiAnswerFacts[] = []
    const context: CallContext = {
      http,
      now: () => fakeNow,
      timeoutMs: 30_000,
      onAnswer: (facts) => void answers.push(facts),
    }
    return { ...server, context, lines, answers }
  }
}
