export type SandboxProviderName = 'outreach' | 'envoy' | 'outstand'

/** One call that a sandbox provider received; names and fingerprints only. */
export type SandboxCall = {
  method: string
  path: string
  status: number | null
  grantType: string | null
  fieldNames: string[]
}

/** An app of the sandbox with what its owner types into Patchbay. */
export type SandboxApp = {
  key: string
  name: string
  clientId: string | null
  clientSecret: string | null
  s2sGuid: string | null
  s2sPrivateKeyPem: string | null
  webhookSecret: string | null
  rateLimitBypass: string | null
  installUrl: string | null
  baseUrl: string
}

export type SandboxControl = {
  /** Makes a provider do something; its result. Rejects with the sandbox's words when it cannot. */
  act(provider: SandboxProviderName, action: string, input?: object): Promise<Record<string, unknown>>
  /** Moves its clock forward; ours stays. */
  advance(ms: number): Promise<void>
  apps(): Promise<SandboxApp[]>
  /** The token calls so far, oldest first. */
  tokenCalls(provider: SandboxProviderName): Promise<SandboxCall[]>
  reset(): Promise<void>
}

const tokenPath = /^\/(?:oauth2?\/token|a\/auth\/v0\/token)$|\/actions\/accessToken$/

/** @param url of the sandbox's control server */
export function sandboxControl(url: string): SandboxControl {
  const post = async (path: string, input: object) => {
    const answer = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    })
    const body = await answer.json()
    if (!answer.ok) throw new Error(`the sandbox refused ${path}: ${body.message}`)
    return body.result ?? {}
  }
  return {
    act: (provider, action, input = {}) => post(`/api/${provider}/${action}`, input),
    advance: (ms) => post('/api/clock/advance', { ms }),
    apps: async () => (await fetch(`${url}/apps`)).json(),
    async tokenCalls(provider) {
      const { calls } = (await (await fetch(`${url}/api/${provider}/calls`)).json()) as {
        calls: SandboxCall[]
      }
      return calls.filter(({ path }) => tokenPath.test(path)).reverse()
    },
    async reset() {
      await post('/api/reset', {})
      // A minute between two mints is Outreach's rule; one journey proves it, the others have no minute to lose.
      await post('/api/outreach/settings', { mintThrottle: false })
    },
  }
}
