import { z } from 'zod'
import { defineAction, SandboxRefusal } from '../../kernel/action'
import type { SandboxAction } from '../../kernel/contract'
import { ORGS, type Org, PEOPLE } from '../data/orgs'
import type { S2sDeps } from '../s2s/actions'
import { RECONFIGURED_EVENT } from '../s2s/install-routes'
import { installOfOrg } from '../s2s/installs'
import { deleteOrg, deliver, installApp, orgByShortname, uninstallApp } from '../s2s/life-of-install'
import { switchesSchema } from '../state'

const orgSchema = z
  .enum(ORGS.map((org) => org.shortname))
  .default(ORGS[0]?.shortname ?? '')
  .describe('which company')

/** What can be done with the S2S app's installs and with whole companies. Setup tokens never pass through here. */
export function s2sControls(deps: S2sDeps): Record<string, SandboxAction> {
  const { store } = deps
  /** The address that sends a browser to the landing URL with a fresh setup token. */
  const openOf = (guid: string) => `${deps.context.browserUrl}/apps/${deps.app.s2sGuid}/configure/${guid}`
  const change = async (act: () => void) => {
    act()
    await store.commit()
  }
  return {
    install: defineAction(
      'Install the S2S app in a company',
      z.object({
        org: orgSchema,
        order: switchesSchema.shape.installOrder
          .nullable()
          .default(null)
          .describe('null: as the settings say'),
      }),
      async ({ org: shortname, order }) => {
        const org = companyOf(shortname)
        const admin = PEOPLE.find((one) => one.orgId === org.id && one.admin)
        if (installOfOrg(store.state, org.id) !== undefined)
          throw new SandboxRefusal('already installed there')
        if (admin === undefined) throw new SandboxRefusal('that company has no admin')
        const { install } = await installApp(deps, org, admin, order ?? store.state.switches.installOrder)
        return { installId: install.guid, open: openOf(install.guid) }
      },
    ),
    reconfigure: defineAction(
      'Send the webhook of a changed configuration; open the address to land with a fresh setup token',
      z.object({ org: orgSchema }),
      async ({ org }) => {
        const { guid } = installIn(deps, org)
        const delivery = await deliver(deps, { eventName: RECONFIGURED_EVENT, installGuid: guid })
        return { delivery, open: openOf(guid) }
      },
    ),
    uninstall: defineAction('Remove the S2S app from a company', z.object({ org: orgSchema }), ({ org }) => {
      installIn(deps, org)
      return uninstallApp(deps, companyOf(org))
    }),
    'send-event': defineAction(
      'Send a lifecycle webhook, also an unknown one, a repeated one or one that is signed wrongly',
      z.object({
        org: orgSchema,
        eventName: z.string().min(1).max(100).default('install.updated'),
        installId: z.string().nullable().default(null).describe('null: the install of that company'),
        id: z.string().nullable().default(null).describe('Outreach-Webhook-ID; null for a new one'),
        signature: z.enum(['right', 'wrong', 'missing']).default('right'),
      }),
      ({ org, eventName, installId, id, signature }) =>
        deliver(deps, {
          eventName,
          installGuid: installId ?? installIn(deps, org).guid,
          id: id ?? undefined,
          signature,
        }),
    ),
    'expire-setup-tokens': defineAction('Let the setup tokens that are out expire now', z.object({}), () =>
      change(() => {
        for (const token of store.state.setupTokens) token.issuedAtMs = 0
      }),
    ),
    'lock-org': defineAction('Lock a company', z.object({ org: orgSchema }), ({ org }) =>
      change(() => {
        store.state.lockedOrgs = [...new Set([...store.state.lockedOrgs, companyOf(org).id])]
      }),
    ),
    'unlock-org': defineAction('Unlock a company', z.object({ org: orgSchema }), ({ org }) =>
      change(() => {
        store.state.lockedOrgs = store.state.lockedOrgs.filter((id) => id !== companyOf(org).id)
      }),
    ),
    'delete-org': defineAction(
      'Delete a company for good',
      z.object({ org: orgSchema }),
      async ({ org }) => ({
        delivery: (await deleteOrg(deps, companyOf(org))) ?? null,
      }),
    ),
  }
}

function companyOf(shortname: string): Org {
  const org = orgByShortname(shortname)
  if (org === undefined) throw new SandboxRefusal('no such company')
  return org
}

function installIn(deps: S2sDeps, shortname: string) {
  const install = installOfOrg(deps.store.state, companyOf(shortname).id)
  if (install === undefined) throw new SandboxRefusal('not installed there')
  return install
}
