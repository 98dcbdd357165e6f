import type { Caller } from './caller'
import { jsonApi } from './json-api'
import { unauthorizedRequest } from './refusals'

/**
 * `GET /api/v2`: the org as data, and in `meta` the application, the token's live scopes and its user, as Outreach's own
 * sample reads them (providers.md 1.4). What it says to an S2S token is not known: `refused` or `answered` without a user.
 */
export function answerRoot(caller: Caller, instanceUrl: string, s2sRoot: 'refused' | 'answered'): Response {
  const { org, person, scopes, appName } = caller
  if (person === undefined && s2sRoot === 'refused')
    return unauthorizedRequest('This resource is not available with an S2S token.')
  const { name, shortname, timeZone } = org
  return jsonApi(200, {
    data: {
      type: 'org',
      id: org.id,
      attributes: { name, shortname, timeZone, accountLabel1: null, prospectLabel1: null },
    },
    meta: {
      instanceUrl,
      application: { name: appName },
      scopes,
      ...(person === undefined
        ? {}
        : {
            user: {
              id: person.id,
              email: person.email,
              firstName: person.firstName,
              lastName: person.lastName,
            },
          }),
    },
  })
}
