import { KeyRound } from 'lucide-react'
import { CopyField } from '@/components/data/copy-field'
import { ActionForm } from '@/components/forms/action-form'
import { SubmitButton } from '@/components/forms/submit-button'
import { Card } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import type { ProviderAppPage } from '@/lib/server'
import { generateKeyPairAction, importPrivateKeyAction } from '../actions'
import { FieldsForm } from './fields-form'
import { SecretForm } from './secret-form'
import { SecretLine } from './secret-row'

/** The key pair of an S2S app and the GUID that Outreach gives for it (seed 000). */
export function KeyPairCard({ app }: { app: ProviderAppPage }) {
  if (!app.grants.includes('s2s')) return null
  return (
    <Card
      title="S2S key pair"
      description="Patchbay signs its app tokens with the private key; Outreach checks them with the public one."
    >
      <div className="grid gap-6">
        <SecretLine
          label="Private key"
          words="RSA, 2048 bits or more. It is sealed and never shown."
          secret={app.secrets.s2sPrivateKey}
        >
          {app.mayEdit ? <KeyActions app={app} /> : null}
        </SecretLine>
        {app.publicKeyPem ? (
          <div className="grid gap-1.5">
            <p className="font-medium">Public key</p>
            <CopyField value={app.publicKeyPem.trim()} label="public key" wrap />
            <p className="text-ink-muted text-sm">
              Paste all of it, from BEGIN to END, into your app at Outreach → API access → S2S.
            </p>
          </div>
        ) : null}
        {app.mayEdit ? (
          <FieldsForm
            appId={app.id}
            submit="Save GUID"
            fields={[
              {
                name: 's2sGuid',
                label: 'S2S GUID',
                value: app.s2sGuid ?? '',
                mono: true,
                hint: 'Outreach shows it once the public key is saved there.',
              },
            ]}
          />
        ) : (
          <div className="grid gap-1.5">
            <p className="font-medium">S2S GUID</p>
            {app.s2sGuid ? <CopyField value={app.s2sGuid} label="S2S GUID" wrap /> : <p>Not set</p>}
          </div>
        )}
        {app.s2sScopeNote ? <p className="text-ink-muted text-sm">{app.s2sScopeNote}</p> : null}
      </div>
    </Card>
  )
}

function KeyActions({ app }: { app: ProviderAppPage }) {
  const count = app.connections.live
  return (
    <>
      {app.secrets.s2sPrivateKey.isSet ? (
        <ConfirmDialog
          label="Make another pair"
          size="sm"
          icon={<KeyRound aria-hidden="true" />}
          title="Make another key pair?"
          confirmText={app.name}
          confirmLabel="Make another pair"
          action={generateKeyPairAction}
          fields={{ appId: app.id, ...(app.publicKeyPem ? { replaces: app.publicKeyPem } : {}) }}
        >
          <p>
            The present private key is erased. Until the new public key is saved at Outreach,{' '}
            {count === 0 ? 'no install can be verified' : `${countWords(count)} cannot be renewed`}.
          </p>
        </ConfirmDialog>
      ) : (
        <ActionForm action={generateKeyPairAction} className="grid gap-2">
          <input type="hidden" name="appId" value={app.id} />
          <SubmitButton size="sm" icon={<KeyRound aria-hidden="true" />}>
            Make key pair
          </SubmitButton>
        </ActionForm>
      )}
      <SecretForm
        action={importPrivateKeyAction}
        appId={app.id}
        field="privateKey"
        label="Private key"
        isSet={app.secrets.s2sPrivateKey.isSet}
        setWord="Paste one"
        replaceWord="Paste another"
        hint="PEM (PKCS#1 or PKCS#8), with real or \n line breaks, or its base64."
        multiline
      />
    </>
  )
}

function countWords(count: number): string {
  return count === 1 ? 'the one connection' : `the ${count} connections`
}
