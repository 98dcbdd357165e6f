import type { Org } from '../data/orgs'
import type { Install } from '../state'

/** What the answers about one install are made from. `apiAddress` is the org's own API link. */
export type InstallFacts = {
  readonly install: Install
  readonly org: Org
  readonly s2sGuid: string
  readonly appName: string
  readonly apiAddress: string
}

/**
 * The JSON:API document of an install, member by member as seed 000 shows it: `installedAt` has no zone, and the org
 * relationship carries the link to the org's API. `include` lists what `?include=` asks to expand. `accessToken` is put
 * where seed 000 says, at `data.meta.accessToken`.
 */
export function installDocument(
  facts: InstallFacts,
  include: readonly string[],
  accessToken?: string,
): unknown {
  const { install, org, s2sGuid, appName, apiAddress } = facts
  const app = { type: 'app', id: s2sGuid, attributes: { name: appName } }
  const expandedOrg = {
    type: 'org',
    id: org.guid,
    attributes: { name: org.name, shortname: org.shortname },
    links: { api: apiAddress },
  }
  const included = [app, expandedOrg].filter((one) => include.includes(one.type))
  return {
    data: {
      type: 'install',
      id: install.guid,
      attributes: { installedAt: new Date(install.installedAtMs).toISOString().slice(0, 19) },
      relationships: {
        app: { data: { type: 'app', id: s2sGuid } },
        org: { data: { type: 'org', id: org.guid }, links: { api: apiAddress } },
      },
      ...(accessToken === undefined ? {} : { meta: { accessToken } }),
    },
    ...(included.length === 0 ? {} : { included }),
  }
}

/** The parts that `?include=` asks for; undefined when one of them is neither `app` nor `org`. */
export function readInclude(text: string | undefined): readonly string[] | undefined {
  const parts = text === undefined || text === '' ? [] : text.split(',')
  return parts.every((part) => ['app', 'org'].includes(part)) ? parts : undefined
}
