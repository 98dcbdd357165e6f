import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { completeConfig, loadConfig, loadSettings } from './load-config'

const key = Buffer.alloc(32, 7).toString('base64')
const external = {
  DATABASE_URL: 'postgresql://me:pw-clear@db:5432/patchbay',
  NEXTAUTH_SECRET: 'a-session-secret-of-more-than-32-characters',
  ENCRYPTION_KEYS: `k2:${key},k1:${key}`,
}

function settings(env: Record<string, string>) {
  const loaded = loadSettings(env)
  if (!loaded.ok) throw new Error(loaded.faults.join('\n'))
  return loaded.settings
}

function faults(env: Record<string, string>): string[] {
  const loaded = loadSettings(env)
  return loaded.ok ? [] : loaded.faults
}

describe('an empty environment', () => {
  it('runs the embedded database and the sandbox on this machine only', () => {
    const none = settings({})
    expect(none).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      embedded: true,
      databaseUrl: null,
      cookieSecure: false,
      pool: 10,
      rateProbe: true,
      roles: ['web', 'worker'],
      sandbox: { on: true, ports: { outreach: 3001, envoy: 3002, outstand: 3003, control: 3004 } },
      environmentApps: [],
      admin: null,
      logLevel: 'info',
    })
    expect(none.appUrl.href).toBe('http://localhost:3000/')
    expect(none.dataDir).toMatch(/^\/.*\.data$/)
    expect(none.providerUrls).toEqual({
      outreach: 'https://api.outreach.io',
      envoyApi: 'https://api.envoy.com',
      envoyApp: 'https://app.envoy.com',
      outstand: 'https://app.outstand.com',
    })
  })

  it('follows PORT everywhere', () => {
    const moved = settings({ PORT: '4100' })
    expect(moved.appUrl.origin).toBe('http://localhost:4100')
    expect(moved.sandbox.ports.control).toBe(4104)
  })

  it('takes an empty value for not set', () => {
    expect(settings({ PORT: '', DATABASE_URL: ' ', OUTREACH_CLIENT_ID: '' })).toEqual(settings({}))
  })

  it('lets what was given come before what was made', () => {
    const given = settings({ NEXTAUTH_SECRET: external.NEXTAUTH_SECRET })
    const made = settings(external)
    if (made.databaseUrl === null || made.nextauthSecret === null || made.encryptionKeys === null)
      throw new Error()
    const config = completeConfig(given, {
      databaseUrl: made.databaseUrl,
      nextauthSecret: made.databaseUrl,
      encryptionKeys: made.encryptionKeys,
    })
    expect(config.nextauthSecret.reveal()).toBe(external.NEXTAUTH_SECRET)
    expect(config.databaseMigrateUrl.reveal()).toBe(external.DATABASE_URL)
    expect(config.encryptionKeys).toBe(made.encryptionKeys)
  })
})

describe('a database of its own', () => {
  it('listens everywhere, without a sandbox', () => {
    const loaded = loadConfig({ ...external, APP_URL: 'https://patchbay.example.com' })
    if (!loaded.ok) throw new Error(loaded.faults.join('\n'))
    expect(loaded.config).toMatchObject({
      host: '0.0.0.0',
      embedded: false,
      cookieSecure: true,
      sandbox: { on: false },
    })
    expect(loaded.config.encryptionKeys.map((each) => each.id)).toEqual(['k2', 'k1'])
    expect(loaded.config.encryptionKeys[0]?.key.reveal()).toBe(key)
  })

  it('wants the keys named', () => {
    expect(faults({ DATABASE_URL: external.DATABASE_URL })).toEqual([
      expect.stringMatching(/^NEXTAUTH_SECRET must be set when DATABASE_URL is/),
      expect.stringMatching(/^ENCRYPTION_KEYS must be set when DATABASE_URL is/),
    ])
  })

  it('is refused where it is needed and missing', () => {
    expect(loadConfig({})).toEqual({
      ok: false,
      faults: [expect.stringMatching(/^DATABASE_URL must be set/)],
    })
  })
})

describe('a wrong value', () => {
  it.each<[string, string, RegExp]>([
    ['PORT', 'abc', /^PORT must be a whole number from 1 to 65535.* It is "abc"\.$/],
    ['PORT', '0', /^PORT must be a whole number/],
    ['PORT', '65534', /^SANDBOX_PORT must leave four ports/],
    ['SANDBOX_PORT', '2998', /^SANDBOX_PORT .* PORT is 3000/],
    ['APP_URL', 'patchbay.example.com', /^APP_URL must be a URL/],
    ['APP_URL', 'http://patchbay.example.com', /^APP_URL must begin with https/],
    ['APP_URL', 'https://example.com/patchbay', /^APP_URL must end after the host.*https:\/\/example\.com/],
    ['DATABASE_POOL', '1', /^DATABASE_POOL must be a whole number from 2/],
    ['NEXTAUTH_SECRET', 'short', /^NEXTAUTH_SECRET must be at least 32/],
    ['ENCRYPTION_KEYS', 'k1:c2hvcnQ=', /^ENCRYPTION_KEYS must be id:base64/],
    ['ENCRYPTION_KEYS', `k1:${key},k1:${key}`, /^ENCRYPTION_KEYS names the key k1 twice/],
    ['SANDBOX', 'yes', /^SANDBOX must be on or off. It is "yes"/],
    ['RATE_PROBE', 'no', /^RATE_PROBE must be on or off. It is "no"/],
    ['ROLES', 'web,cook', /^ROLES must be web, worker or web,worker/],
    ['OUTREACH_URL', 'http://api.outreach.io', /^OUTREACH_URL must begin with https/],
    ['OUTSTAND_URL', 'https://u:p@example.com', /^OUTSTAND_URL must hold no user/],
    ['OUTREACH_ENVIRONMENT', 'staging', /^OUTREACH_ENVIRONMENT must be production or development/],
    ['OUTSTAND_RATELIMIT', '1200', /^OUTSTAND_RATELIMIT must be calls per seconds/],
    ['TRUST_PROXY', '10.0.0.0/40', /^TRUST_PROXY must list addresses/],
    ['LOG_LEVEL', 'loud', /^LOG_LEVEL must be one of/],
    ['METRICS_TOKEN', 'short', /^METRICS_TOKEN must be at least 16/],
    ['OIDC_DEFAULT_ROLE', 'owner', /^OIDC_DEFAULT_ROLE must be viewer or admin/],
  ])('%s=%s is one line that names it', (name, value, line) => {
    const said = faults({ [name]: value })
    expect(said).toHaveLength(1)
    expect(said[0]).toMatch(line)
  })

  it.each([
    ['mail.example.com:465', 'a@example.com', /^SMTP_URL must look like smtps:/],
    ['https://mail.example.com', 'a@example.com', /^SMTP_URL must look like smtps:/],
    ['smtp:', 'a@example.com', /^SMTP_URL must look like smtps:/],
    ['smtps://me:50%off@mail.example.com', 'a@example.com', /percent-encoded\.$/],
    ['smtps://mail.example.com', 'Patchbay', /^MAIL_FROM must be a sender.* It is "Patchbay"\.$/],
  ])('SMTP_URL=%s with MAIL_FROM=%s is one line that shows no password', (url, from, line) => {
    const said = faults({ SMTP_URL: url, MAIL_FROM: from })
    expect(said).toHaveLength(1)
    expect(said[0]).toMatch(line)
    expect(said[0]).not.toContain('50%off')
  })

  it('does not hide another: all are told at once', () => {
    const said = faults({
      PORT: 'x',
      DATABASE_URL: 'mysql://me:pw-clear@db/x',
      ADMIN_EMAIL: 'a@example.com',
      OUTREACH_CLIENT_SECRET: 'given',
      SANDBOX: 'maybe',
      OIDC_ISSUER: 'https://id.example.com',
    })
    const names = said.map((line) => line.split(' ')[0])
    expect(names.sort()).toEqual([
      'ADMIN_PASSWORD',
      'DATABASE_URL',
      'ENCRYPTION_KEYS',
      'NEXTAUTH_SECRET',
      'OIDC_CLIENT_ID',
      'OIDC_CLIENT_SECRET',
      'OUTREACH_CLIENT_ID',
      'PORT',
      'SANDBOX',
    ])
  })

  it('is never shown where it could be a secret', () => {
    const said = faults({
      DATABASE_URL: 'mysql://me:pw-clear@db/x',
      NEXTAUTH_SECRET: 'pw-clear',
      ENCRYPTION_KEYS: 'pw-clear',
      ADMIN_PASSWORD: 'clear',
      SMTP_URL: 'pw-clear',
      METRICS_TOKEN: 'pw-clear',
    })
    expect(said.length).toBeGreaterThanOrEqual(6)
    expect(said.join('\n')).not.toContain('clear')
  })
})

describe('apps of the environment', () => {
  it('are those it names in full', () => {
    const { environmentApps } = settings({
      OUTREACH_URL: 'http://127.0.0.1:9000/',
      OUTREACH_CLIENT_ID: 'id',
      OUTREACH_CLIENT_SECRET: 's+/=&%',
      OUTREACH_SCOPES: 'users.read, accounts.read  users.read',
      OUTREACH_S2S_GUID: 'guid',
      OUTREACH_S2S_PRIVATE_KEY: 'key',
      OUTREACH_DEV_CLIENT_ID: 'dev',
      OUTREACH_DEV_CLIENT_SECRET: 'dev-secret',
      ENVOY_CLIENT_ID: 'envoy',
      ENVOY_CLIENT_SECRET: 'envoy-secret',
      ENVOY_INSTALL_URL: 'https://app.envoy.com/install',
      OUTSTAND_CLIENT_ID: 'out',
      OUTSTAND_CLIENT_SECRET: 'out-secret',
      OUTSTAND_RATELIMIT: '1200/300s',
      OUTSTAND_SCOPES: 'provision_users',
    })
    expect(environmentApps).toMatchObject([
      {
        slug: 'outreach',
        environment: 'production',
        grants: ['oauth_code', 's2s'],
        baseUrl: 'http://127.0.0.1:9000',
        scopes: ['users.read', 'accounts.read'],
      },
      { slug: 'outreach-dev', environment: 'development', grants: ['oauth_code'], clientId: 'dev' },
      { slug: 'envoy', grants: ['plugin_install'], browserUrl: 'https://app.envoy.com' },
      {
        slug: 'outstand',
        grants: ['oauth_code', 'client_credentials'],
        scopes: [],
        agreedLimit: { limit: 1200, windowS: 300 },
      },
    ])
    expect(environmentApps[0]?.clientSecret?.reveal()).toBe('s+/=&%')
  })

  it('need no client id for S2S alone', () => {
    const { environmentApps } = settings({ OUTREACH_S2S_GUID: 'guid', OUTREACH_S2S_PRIVATE_KEY: 'key' })
    expect(environmentApps).toMatchObject([{ grants: ['s2s'], clientId: null }])
  })
})

it('prints no secret', () => {
  const loaded = settings({
    ...external,
    ADMIN_EMAIL: 'a@example.com',
    ADMIN_PASSWORD: 'pw-clear-admin',
    SMTP_URL: 'smtps://u:pw-clear@mail:465',
    MAIL_FROM: 'a@example.com',
    METRICS_TOKEN: 'pw-clear-metrics-token',
  })
  const printed = inspect(loaded, { depth: 9 }) + JSON.stringify(loaded)
  expect(printed).not.toContain('pw-clear')
  expect(printed).not.toContain(key)
  expect(printed).not.toContain(external.NEXTAUTH_SECRET)
})

it('reads the networks whose forwarded addresses count', () => {
  expect(settings({ TRUST_PROXY: '10.0.0.0/8, 192.168.1.5 fd00::/8' }).trustProxy).toEqual([
    { address: '10.0.0.0', prefix: 8, family: 'ipv4' },
    { address: '192.168.1.5', prefix: 32, family: 'ipv4' },
    { address: 'fd00::', prefix: 8, family: 'ipv6' },
  ])
})
