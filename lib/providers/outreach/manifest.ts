import type { ProviderManifest } from '../manifest'

/** Words and facts of Outreach for the pages (seeds 000 and 001). */
export const outreachManifest: ProviderManifest = {
  hosts: { baseUrl: 'https://api.outreach.io', browserUrl: null },
  urls: (grants) => ({
    redirect: grants.includes('oauth_code')
      ? 'Your app at Outreach → API access → OAuth → Redirect URI. Enter it exactly like this.'
      : null,
    webhook: grants.includes('s2s')
      ? 'Your app at Outreach → API access → Webhook URL. Outreach tells it of installs and removals, signed with the webhook secret.'
      : null,
    landing: grants.includes('s2s')
      ? 'Your app at Outreach → External configuration → Setup URL. Outreach sends the person there after an install.'
      : null,
  }),
  missingScopeHint: (environment) =>
    environment === 'production'
      ? 'Tick the scope in your app at Outreach, press Publish, then Reconnect here.'
      : 'Tick the scope in your app at Outreach, press Save, then Reconnect here.',
  reach: (grant) =>
    grant === 's2s'
      ? 'Acts for the organisation, for no user: a few writes need the id of a user who authorises them, some are not possible. It reaches accounts, prospects, opportunities, sequences and their states, calls, tasks, events, imports and webhooks, and may read mailings, snippets, templates, users, audit logs and Kaia recordings.'
      : 'Acts for the person who consented, with that person’s permissions and scopes.',
  removeThere: (grant) =>
    grant === 's2s'
      ? 'An Outreach admin removes the app in Outreach under Settings → Apps.'
      : 'To be sure, remove the app in Outreach under the person’s connected apps.',
  developmentNote:
    'Development credentials are for developers and testers. They work without limit for up to ten people of the organisation that owns the app; people of other organisations, and more than ten of the owning one, have to connect again every week.',
  readyCalls: (grant) =>
    grant === 's2s'
      ? [
          { path: '/api/v2/users?page[size]=1', words: 'One user' },
          { path: '/api/v2/prospects?page[size]=1', words: 'One prospect' },
        ]
      : [
          { path: '/api/v2', words: 'Who the token belongs to' },
          { path: '/api/v2/users?page[size]=1', words: 'One user' },
        ],
}
