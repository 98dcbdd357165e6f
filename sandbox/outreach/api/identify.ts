import type { Context } from 'hono'
import type { Doorkeeper } from '../../doorkeeper/doorkeeper'
import type { SandboxContext, SandboxEnv } from '../../kernel/contract'
import type { Store } from '../../kernel/store'
import type { OutreachApps } from '../apps'
import { orgById, personById } from '../data/orgs'
import { hashOf } from '../s2s/installs'
import type { OutreachState } from '../state'
import type { Bearer } from './caller'
import { installBucket, personBucket } from './rate-window'

export type IdentifyDeps = {
  readonly context: SandboxContext
  readonly store: Store<OutreachState>
  readonly oauth: Doorkeeper
  readonly apps: OutreachApps
}

/** Whose token this is: an S2S token of an install, or a person's from the authorization server. */
export async function identify(deps: IdentifyDeps, token: string, c: Context<SandboxEnv>): Promise<Bearer> {
  return findS2s(deps, token) ?? findPerson(deps, c)
}

function findS2s({ store, apps, context }: IdentifyDeps, token: string): Bearer | undefined {
  const hash = hashOf(token)
  const found = store.state.s2sTokens.find((one) => one.hash === hash)
  if (found === undefined) return undefined
  if (found.revoked) return { kind: 'revoked' }
  if (context.clock.nowMs() >= found.expiresAtMs) return { kind: 'expired' }
  const install = store.state.installs.find((one) => one.guid === found.installGuid)
  const org = install === undefined ? undefined : orgById(install.orgId)
  if (install === undefined || org === undefined) return { kind: 'unknown' }
  const bucket = installBucket(install.guid)
  const { scopes } = found
  return { kind: 'live', caller: { org, person: undefined, scopes, appName: apps.s2s.name, bucket } }
}

async function findPerson({ oauth, apps }: IdentifyDeps, c: Context<SandboxEnv>): Promise<Bearer> {
  const bearer = await oauth.authenticate(c)
  if (bearer.kind === 'fault') return { kind: bearer.fault === 'invalid' ? 'unknown' : bearer.fault }
  const person = personById(Number(bearer.row.ownerId))
  const org = person === undefined ? undefined : orgById(person.orgId)
  const app = apps.list().find((one) => one.clientId === bearer.row.clientId)
  if (person === undefined || org === undefined || app === undefined) return { kind: 'unknown' }
  const bucket = personBucket(person.id)
  return { kind: 'live', caller: { org, person, scopes: bearer.row.scopes, appName: app.name, bucket } }
}
