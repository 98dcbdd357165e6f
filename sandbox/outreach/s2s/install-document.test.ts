import { expect, it } from 'vitest'
import { ORGS } from '../data/orgs'
import { type InstallFacts, installDocument, readInclude } from './install-document'

const [org] = ORGS
if (org === undefined) throw new Error('no orgs')
const facts: InstallFacts = {
  install: {
    guid: 'INSTALL_ID',
    orgId: org.id,
    installedById: 1001,
    installedAtMs: Date.UTC(2019, 0, 1),
    deletedAtMs: null,
  },
  org,
  s2sGuid: 'S2S_GUID',
  appName: 'App',
  apiAddress: 'https://app1c.outreach.io/api/v2',
}

it('is the document of seed 000, member by member', () => {
  expect(installDocument(facts, [])).toEqual({
    data: {
      type: 'install',
      id: 'INSTALL_ID',
      attributes: { installedAt: '2019-01-01T00:00:00' },
      relationships: {
        app: { data: { type: 'app', id: 'S2S_GUID' } },
        org: {
          data: { type: 'org', id: org.guid },
          links: { api: 'https://app1c.outreach.io/api/v2' },
        },
      },
    },
  })
})

it('carries a token at data.meta.accessToken', () => {
  expect(installDocument(facts, [], 'token')).toMatchObject({ data: { meta: { accessToken: 'token' } } })
})

it('expands app and org when asked', () => {
  expect(installDocument(facts, ['app', 'org'])).toMatchObject({
    included: [
      { type: 'app', id: 'S2S_GUID', attributes: { name: 'App' } },
      { type: 'org', id: org.guid, attributes: { name: org.name } },
    ],
  })
  expect(readInclude('app,org')).toEqual(['app', 'org'])
  expect(readInclude(undefined)).toEqual([])
  expect(readInclude('owner')).toBeUndefined()
})
