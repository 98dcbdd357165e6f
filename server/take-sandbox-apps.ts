import type { Deps } from '../lib/deps'
import { syncSandboxApps } from '../lib/provider-apps/sync-sandbox-apps'

const timeoutMs = 10_000

/**
 * Asks the sandbox's control for its apps and takes them over as provider apps.
 *
 * @throws Error when the control does not answer with a list
 */
export async function takeSandboxApps(deps: Deps): Promise<void> {
  const origin = `http://127.0.0.1:${deps.config.sandbox.ports.control}`
  const answer = await deps.http.send({
    method: 'GET',
    url: new URL('/apps', origin),
    allowedOrigins: [origin],
    timeoutMs,
    purpose: 'apps of the sandbox',
  })
  if (answer.kind === 'no_answer') throw new Error(`The sandbox's control did not answer: ${answer.words}`)
  if (answer.status !== 200) throw new Error(`The sandbox's control answered ${answer.status}.`)
  await syncSandboxApps(deps, JSON.parse(answer.text))
}
