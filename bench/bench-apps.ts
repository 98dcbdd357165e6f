import type { Environment, ProviderId } from '../lib/core/provider'
import type { BenchWorld } from './bench-world'
import type { SeededApp } from './seed-connections'

/** A provider app beside the one that every world has. */
export async function benchApp(
  { deps, makeId }: Pick<BenchWorld, 'deps' | 'makeId'>,
  app: { provider: ProviderId; environment: Environment; baseUrl: string },
): Promise<SeededApp> {
  const id = makeId('providerApp')
  await deps.db.providerApp.create({
    data: {
      ...app,
      id,
      slug: id.slice(4),
      origin: 'settings',
      name: `${app.provider} ${app.environment}`,
      grants: ['oauth_code'],
      clientId: 'bench',
    },
    select: { id: true },
  })
  return { id, provider: app.provider }
}
