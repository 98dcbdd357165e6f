import type { TestDeps } from '../../../tests/test-deps'
import type { UserActor } from '../../core/actor'
import { newId } from '../../core/ids'
import { Secret } from '../../core/secret'
import type { InstallGrant } from '../install-facts'

type Deps = TestDeps['deps']

export type AppSecrets = { s2sPrivateKey?: string; clientSecret?: string; webhookSecret?: string }
/** A provider app as the settings would have stored it, its secrets sealed. */
export async function createTestApp(
  deps: Deps,
  fields: {
    slug: string
    provider: 'outreach' | 'envoy' | 'outstand'
    grants: string[]
    baseUrl: string
  } & Record<string, unknown>,
  secrets: AppSecrets,
): Promise<string> {
  const id = newId('providerApp', deps.clock.now().getTime(), deps.random.bytes(10))
  const seal = (field: string, value: string | undefined) =>
    value === undefined
      ? null
      : deps.vault.seal(Secret.of(value), { table: 'provider_app', rowId: id, field })
  await deps.db.providerApp.create({
    data: {
      environment: 'production',
      origin: 'settings',
      name: fields.slug,
      scopes: [],
      ...fields,
      id,
      grants: fields.grants as InstallGrant[],
      s2sPrivateKeySealed: seal('s2s_private_key_sealed', secrets.s2sPrivateKey),
      clientSecretSealed: seal('client_secret_sealed', secrets.clientSecret),
      webhookSecretSealed: seal('webhook_secret_sealed', secrets.webhookSecret),
    },
    select: { id: true },
  })
  return id
}

/** A person with a role, as a signed-in actor. */
export async function createPerson(deps: Deps, name: string, role: UserActor['role']): Promise<UserActor> {
  const id = newId('user', deps.clock.now().getTime(), deps.random.bytes(10))
  const email = `${name}@example.com`
  await deps.db.user.create({ data: { id, email, name, role }, select: { id: true } })
  return { kind: 'user', id, name, email, role, sessionId: 'ses_test' }
}

/** An open press of Connect, as `startConnect` leaves it. */
export async function pressConnect(
  deps: Deps,
  app: { id: string; provider: 'outreach' | 'envoy'; grantKind: InstallGrant },
  person: UserActor,
  fields: { connectionId?: string; createdAt?: Date } = {},
): Promise<string> {
  const now = deps.clock.now()
  const id = newId('flow', now.getTime(), deps.random.bytes(10))
  await deps.db.connectFlow.create({
    data: {
      id,
      provider: app.provider,
      appId: app.id,
      grantKind: app.grantKind,
      userId: person.id,
      connectionId: fields.connectionId ?? null,
      createdAt: fields.createdAt ?? now,
      expiresAt: new Date(now.getTime() + 30 * 60_000),
    },
    select: { id: true },
  })
  return id
}

/** Every text in every table: what a dump of the database shows. */
export async function dumpDatabase(deps: Deps): Promise<string> {
  const tables = await deps.db.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`
  const texts: string[] = []
  for (const { name } of tables) {
    const rows = await deps.db.$queryRawUnsafe<{ text: string }[]>(`SELECT t::text AS text FROM "${name}" t`)
    texts.push(...rows.map((row) => row.text))
  }
  return texts.join('\n')
}
