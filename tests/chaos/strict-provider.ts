import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Secret } from '../../lib/core/secret'
import type { TokenSet } from '../../lib/providers/contract'
import { freePorts } from '../product/free-ports'
import { type SandboxControl, sandboxControl } from '../product/sandbox-control'
import { type Gate, startGate } from './gate'

/** When a spent refresh token dies: as soon as the new access token is used, or with the call itself. */
export type RevocationMode = 'first_use' | 'immediate'

const redirectUri = 'http://localhost:3000/api/callback/outstand'
const person = '4861'

/** The sandbox's Outstand in a process of its own, behind a gate: the strictest provider there is. */
export type StrictProvider = {
  gate: Gate
  control: SandboxControl
  clientId: string
  clientSecret: string
  /** A consent and its code exchange: one more grant. */
  grant(): Promise<TokenSet>
  /** Whether it takes an access token. A question like this counts as the token's first use. */
  takes(accessToken: Secret): Promise<boolean>
  close(): Promise<void>
}

/** @param bundle the bundled sandbox/main.ts */
export async function startStrictProvider(bundle: string): Promise<StrictProvider> {
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-chaos-'))
  const child = spawn(process.execPath, [bundle], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      SANDBOX_PORT: String(await freePorts(4)),
      SANDBOX_DATA: folder,
      SANDBOX_APP_URL: new URL(redirectUri).origin,
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  const urls: { outstand: string; control: string } = JSON.parse(line)
  const gate = await startGate(urls.outstand)
  const control = sandboxControl(urls.control)
  const app = (await control.apps()).find(({ key }) => key === 'sandbox-outstand')
  const [clientId, clientSecret] = [app?.clientId ?? '', app?.clientSecret ?? '']
  const authorizeUrl = new URL('/oauth/authorize', urls.outstand)
  authorizeUrl.search = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
  }).toString()
  const allow = await signIn(authorizeUrl)

  return {
    gate,
    control,
    clientId,
    clientSecret,
    async grant() {
      const code = codeOf(await allow())
      const body = {
        grant_type: 'authorization_code',
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uri: redirectUri,
        code,
      }
      const answer = await fetch(new URL('/oauth/token', urls.outstand), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      const pair: { access_token: string; refresh_token: string; expires_in: number } = await answer.json()
      return {
        accessToken: Secret.of(pair.access_token),
        refreshToken: Secret.of(pair.refresh_token),
        accessExpiresAt: new Date(Date.now() + pair.expires_in * 1000),
        refreshExpiresAt: null,
        scopes: null,
        account: {},
      }
    },
    async takes(accessToken) {
      const headers = { authorization: `Bearer ${accessToken.reveal()}` }
      const answer = await fetch(new URL('/oauth/token/info', urls.outstand), { headers })
      return answer.status === 200
    },
    async close() {
      await gate.close()
      const gone = once(child, 'close')
      child.stdin.end()
      await gone
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/**
 * Signs somebody in on the provider's pages.
 *
 * @returns what presses Allow, and gives the answer that takes the browser back
 */
async function signIn(authorizeUrl: URL): Promise<() => Promise<Response>> {
  const form = (path: string, fields: Record<string, string>, cookie = '') =>
    fetch(new URL(path, authorizeUrl), {
      method: 'POST',
      headers: { cookie },
      body: new URLSearchParams(fields),
      redirect: 'manual',
    })
  const signedIn = await form('/session', { person, return_to: '/' })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  const page = await (await fetch(authorizeUrl, { headers: { cookie } })).text()
  const token = /name="authenticity_token" value="([^"]+)"/.exec(page)?.[1] ?? ''
  const fields = { ...Object.fromEntries(authorizeUrl.searchParams), authenticity_token: token }
  return () => form('/oauth/authorize', { ...fields, decision: 'allow' }, cookie)
}

function codeOf(answer: Response): string {
  const code = new URL(answer.headers.get('location') ?? 'http://nowhere').searchParams.get('code')
  if (code === null) throw new Error(`the sandbox gave no code: ${answer.status}`)
  return code
}
