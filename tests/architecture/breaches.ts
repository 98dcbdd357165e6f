/** For each promise of rules.ts, code that breaks it: `[promise, path, code]`. */
export const breaches: readonly (readonly [string, string, string])[] = [
  ...forEach('a room never imports what the house style forbids it', [
    ['lib/config/x.ts', "import { a } from '../db/a'"],
    ['lib/telemetry/x.ts', "import type { Db } from '../db/client'"],
    ['lib/http/x.ts', "export { seal } from '../vault/vault'"],
    ['lib/oauth/x.ts', "const outreach = await import('../providers/outreach/outreach')"],
    ['lib/providers/x.ts', "import { headers } from 'next/headers'"],
    ['lib/db/x.ts', "import { send } from '../http/send'"],
    ['lib/vault/x.ts', "let db: import('../db/client').Db"],
    ['lib/rate-limits/x.ts', "import 'next-auth'"],
    ['lib/rotation/x.ts', "import { envoy } from '../providers/envoy/envoy'"],
    ['lib/connections/x.ts', "import { redirect } from 'next/navigation'"],
    ['lib/installs/x.ts', "import { cache } from 'react'"],
    ['lib/webhooks/x.ts', "import { after } from 'next/server'"],
    ['lib/provider-apps/x.ts', "import { redirect } from 'next/navigation'"],
    ['lib/audit/x.ts', "import { send } from '../http/send'"],
    ['lib/auth/x.ts', "import { open } from '../vault/open'"],
    ['lib/queries/x.ts', "import { rotate } from '../rotation/rotate'"],
  ]),
  ...forEach('core imports zod and itself only', [
    ['lib/core/x.ts', "import { randomBytes } from 'node:crypto'"],
    ['lib/core/x.ts', "import type { Db } from '../db/client'"],
  ]),
  ...forEach('a provider never imports another one', [
    ['lib/providers/envoy/x.ts', "import { scopes } from '../outreach/scopes'"],
  ]),
  ...forEach('app imports from lib its one door and core, nothing of server or sandbox', [
    ['app/page.tsx', "import { rotate } from '@/lib/rotation/rotate'"],
    ['app/api/x/route.ts', "import { serve } from '../../../server/serve'"],
    ['proxy.ts', "import { db } from './lib/db/client'"],
  ]),
  ...forEach('components import from lib core only, and nothing above them', [
    ['components/data/x.tsx', "import { deps } from '@/lib/server'"],
    ['components/data/x.tsx', "import Page from '@/app/page'"],
  ]),
  ...forEach('lib imports nothing above it', [
    ['lib/queries/x.ts', "import { Badge } from '@/components/badge'"],
  ]),
  ...forEach('the sandbox shares no code with the product', [
    ['sandbox/x.test.ts', "import { newId } from '../lib/core/ids'"],
  ]),
  ...forEach('server imports no page', [['server/x.ts', "import Page from '../app/page'"]]),
  ...forEach('lib/runtime is composed by the door and the server alone', [
    ['lib/rotation/x.ts', "import { deps } from '../runtime/deps-slot'"],
  ]),
  ...forEach('only lib/db imports the database driver and Prisma', [
    ['lib/queries/x.ts', "import { Pool } from 'pg'"],
    ['lib/queries/x.ts', "import type { User } from '../db/generated/client'"],
    ['server/x.ts', "import { PrismaPg } from '@prisma/adapter-pg'"],
  ]),
  ...forEach('only lib/jobs imports the job queue', [
    ['lib/rotation/x.ts', "import { run } from 'graphile-worker'"],
    ['server/x.ts', "import type { Runner } from 'graphile-worker'"],
  ]),
  ...forEach('only lib/http has a way out of the process', [
    ['lib/providers/x.ts', "import { request } from 'undici'"],
    ['app/api/x/route.ts', "import { get } from 'node:https'"],
  ]),
  ...forEach('the product imports no test support', [
    ['lib/oauth/x.ts', "import { world } from './testing/world'"],
    ['lib/oauth/x.ts', "import { testDeps } from '../../tests/test-deps'"],
  ]),
  ...forEach('lib/server.ts is fenced by server-only, first of all', [
    ['lib/server.ts', "import { deps } from './runtime/deps-slot'\nimport 'server-only'"],
  ]),
  ...forEach('the environment is read by config, server and commands alone', [
    ['lib/http/x.ts', 'export const proxy = () => process.env.HTTP_PROXY'],
  ]),
  ...forEach('clock, random and network arrive as deps', [
    ['lib/rotation/x.ts', 'export const now = () => Date.now()'],
    ['app/page.tsx', 'export const now = () => new Date()'],
    ['components/x.tsx', 'export const id = () => Math.random()'],
    ['lib/oauth/x.ts', "export const ask = () => fetch('https://example.com')"],
    ['lib/oauth/x.ts', "export const ask = () => globalThis.fetch('https://example.com')"],
    [
      'lib/oauth/x.ts',
      "import { randomBytes } from 'node:crypto'\nexport const state = () => randomBytes(32)",
    ],
    ['lib/core/x.ts', 'export const id = () => crypto.randomUUID()'],
  ]),
  ...forEach('our classes are recognised by brand, never by instanceof', [
    ['app/page.tsx', 'export const ours = (error: unknown) => error instanceof PatchbayError'],
    ['lib/http/x.ts', 'export const hidden = (value: unknown) => value instanceof Secret'],
  ]),
  ...forEach('no module keeps state: the process has several copies of each', [
    ['lib/rotation/x.ts', 'let running = 0'],
    ['lib/rotation/x.ts', 'export const running = new Map<string, string>()'],
    ['server/x.ts', 'const listeners: string[] = []'],
  ]),
  ...forEach('exports have names: no default but where Next wants it, no barrels', [
    ['lib/core/x.ts', 'export default 1'],
    ['components/x.ts', "export * from './y'"],
  ]),
  ...forEach('no enums and no suppressed types', [
    ['lib/core/x.ts', 'export enum Colour { red }'],
    ['lib/core/x.ts', `// @ts-${'expect-error'} it is wrong\nexport const x: number = 'one'`],
  ]),
  ...forEach('no file has a tail: 400 lines at most', [['lib/core/x.ts', '\n'.repeat(400)]]),
]

function forEach(promise: string, cases: readonly (readonly [string, string])[]) {
  return cases.map(([path, code]) => [promise, path, code] as const)
}
