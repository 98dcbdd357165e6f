import type { Config } from '../lib/config/config'
import { isLoopback } from '../lib/config/loopback'

export type ReadyFacts = {
  config: Pick<Config, 'appUrl' | 'sandbox' | 'roles'>
  /** One-time link that makes the first admin, while there is none. */
  setUpLink: string | null
  tookMs: number
}

/** The block a person reads when Patchbay is up: where to open the browser and how to get in. */
export function readyWords({ config, setUpLink, tookMs }: ReadyFacts): string {
  const lines = ['', `  Patchbay is ready (${(tookMs / 1000).toFixed(1)} s)`, '']
  if (!config.roles.includes('web')) {
    lines.push('    This process runs jobs only; it serves /api/health.', '')
    return lines.join('\n')
  }
  lines.push(`    Open      ${config.appUrl.origin}`)
  if (setUpLink) {
    lines.push(`    Set up    ${setUpLink}`)
    lines.push('              makes the first admin; the link works once')
  }
  if (config.sandbox.on) lines.push(...sandboxLines(config))
  lines.push('', '  Ctrl-C stops it.', '')
  return lines.join('\n')
}

function sandboxLines({ appUrl, sandbox }: ReadyFacts['config']): string[] {
  const { outreach, control } = sandbox.ports
  const lines = [`    Sandbox   http://localhost:${control} controls the three local providers`]
  if (!isLoopback(appUrl.hostname))
    lines.push(
      `              Their pages open in your browser as localhost: forward the ports ${outreach} to ${control} to your`,
      `              machine, for example ssh ${[0, 1, 2, 3].map((offset) => `-L ${outreach + offset}:localhost:${outreach + offset}`).join(' ')} ${appUrl.hostname}`,
    )
  return lines
}
