import type { GrantKind, ProviderId } from '../core/provider'

/** What an app has, without any secret. */
export type AppFacts = {
  provider: ProviderId
  grants: readonly GrantKind[]
  clientId: string | null
  hasClientSecret: boolean
  scopes: readonly string[]
  s2sGuid: string | null
  hasPrivateKey: boolean
  installUrl: string | null
  hasWebhookSecret: boolean
}

/** `done`, `next` (the one to take now), `later` (waits for an earlier one), `optional` (Connect works without it). */
export type StepState = 'done' | 'next' | 'later' | 'optional'

export type DraftStep = {
  key:
    | 'key_pair'
    | 'give_public_key'
    | 'give_redirect'
    | 'give_webhook'
    | 'bring_guid'
    | 'bring_client_id'
    | 'bring_client_secret'
    | 'choose_scopes'
    | 'bring_install_link'
    | 'bring_webhook_secret'
  title: string
  words: string
  state: StepState
}

export type GrantReadiness = { grant: GrantKind; ready: boolean; steps: DraftStep[]; missing: string[] }

/** What is not seen from here (an address entered at the provider) counts as done once what comes back from there is in. */
type Plan = {
  key: DraftStep['key']
  title: string
  words: string
  done: boolean
  needed?: false
  field?: string
}

/**
 * What a draft lacks for each of its grants, in the order the provider forces (seed 000: make the key pair, paste the public key
 * there, bring back the GUID).
 */
export function appReadiness(app: AppFacts): GrantReadiness[] {
  return app.grants.map((grant) => {
    const plans = plansOf(app, grant)
    const first = plans.find((plan) => !plan.done && plan.needed !== false)
    return {
      grant,
      ready: first === undefined,
      missing: plans.flatMap(({ done, field, needed }) =>
        done || needed === false || !field ? [] : [field],
      ),
      steps: plans.map(({ key, title, words, done, needed }) => ({
        key,
        title,
        words,
        state: done ? 'done' : needed === false ? 'optional' : key === first?.key ? 'next' : 'later',
      })),
    }
  })
}

/** Whether Connect works for at least one grant. */
export function isReady(readiness: readonly GrantReadiness[]): boolean {
  return readiness.some(({ ready }) => ready)
}

function plansOf(app: AppFacts, grant: GrantKind): Plan[] {
  switch (grant) {
    case 's2s':
      return installPlans(app)
    case 'plugin_install':
      return pluginPlans(app)
    case 'client_credentials':
      return credentialPlans(app, 'Outstand’s support sends it for your white label.')
    case 'oauth_code':
      return codePlans(app)
  }
}

function installPlans(app: AppFacts): Plan[] {
  const guid = app.s2sGuid !== null
  return [
    {
      key: 'key_pair',
      title: 'Make the key pair',
      words: 'Or paste a private key of your own. It is sealed here and never shown again.',
      done: app.hasPrivateKey,
      field: 'the private key',
    },
    {
      key: 'give_public_key',
      title: 'Paste the public key and our URLs at Outreach',
      words:
        'In your app under API access → S2S: the public key, the webhook URL and the set-up URL of this page.',
      done: app.hasPrivateKey && guid,
    },
    {
      key: 'bring_guid',
      title: 'Bring back the S2S GUID',
      words: 'Outreach shows it once the public key is saved there.',
      done: guid,
      field: 'the S2S GUID',
    },
    {
      key: 'bring_webhook_secret',
      title: 'Bring the webhook secret',
      words:
        'With it Outreach’s messages of installs and removals are believed; without it they are refused.',
      done: app.hasWebhookSecret,
      needed: false,
    },
    installLink(app, 'Outreach'),
  ]
}

function pluginPlans(app: AppFacts): Plan[] {
  return [
    {
      key: 'give_webhook',
      title: 'Enter our validation URL at Envoy',
      words: 'In a setup step of your app: Envoy calls it while somebody installs the app.',
      done: app.clientId !== null && app.hasClientSecret,
    },
    ...credentialPlans(app, 'Envoy shows it on the page of your app. It signs the webhooks too.'),
    installLink(app, 'Envoy'),
  ]
}

function codePlans(app: AppFacts): Plan[] {
  const where = { outreach: 'Outreach', envoy: 'Envoy', outstand: 'Outstand' }[app.provider]
  const shown =
    app.provider === 'outstand'
      ? 'Outstand’s support sends it.'
      : `${where} shows it on the page of your app, under the credentials of this environment.`
  return [
    {
      key: 'give_redirect',
      title: `Give ${where} the redirect URI`,
      words:
        app.provider === 'outstand'
          ? 'Outstand has no page for it: its support registers the application.'
          : 'Enter it exactly as it stands on this page.',
      done: app.clientId !== null && app.hasClientSecret,
    },
    ...credentialPlans(app, shown),
    {
      key: 'choose_scopes',
      title: 'Choose the scopes',
      words:
        app.provider === 'outreach'
          ? 'Outreach refuses a request without a scope. Tick the same ones in your app there.'
          : 'With none chosen, the provider’s defaults apply.',
      done: app.scopes.length > 0,
      ...(app.provider === 'outreach' ? { field: 'scopes' } : { needed: false as const }),
    },
  ]
}

function credentialPlans(app: AppFacts, words: string): Plan[] {
  return [
    {
      key: 'bring_client_id',
      title: 'Bring the client id',
      words,
      done: app.clientId !== null,
      field: 'the client id',
    },
    {
      key: 'bring_client_secret',
      title: 'Bring the client secret',
      words: 'It is sealed here and never shown again.',
      done: app.hasClientSecret,
      field: 'the client secret',
    },
  ]
}

function installLink(app: AppFacts, where: string): Plan {
  return {
    key: 'bring_install_link',
    title: 'Bring the install link',
    words: `Connect then opens ${where}’s page at once; without it Connect explains the way and waits.`,
    done: app.installUrl !== null,
    needed: false,
  }
}
