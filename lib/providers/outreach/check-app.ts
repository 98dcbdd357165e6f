import { Secret } from '../../core/secret'
import { joinChecks, readCredentialsCheck } from '../app-check'
import type { AppCheck, CallContext, OpenApp } from '../contract'
import { validateSetupToken } from './setup-token'
import { tryCredentials } from './token-calls'

const madeUp = 'patchbay-checks-the-signature'

/** Checks what the app has: client id and secret by a code, GUID and key by a setup token, both made up. */
export async function checkOutreachApp(context: CallContext, app: OpenApp): Promise<AppCheck> {
  const checks: AppCheck[] = []
  if (app.grants.includes('oauth_code'))
    checks.push(readCredentialsCheck(await tryCredentials(context, app), 'Client id and secret'))
  if (app.grants.includes('s2s')) checks.push(await checkSignature(context, app))
  return checks.length > 0
    ? joinChecks(checks)
    : { kind: 'unclear', words: 'The app has nothing to check yet.' }
}

async function checkSignature(context: CallContext, app: OpenApp): Promise<AppCheck> {
  const what = 'S2S GUID and private key'
  const outcome = await validateSetupToken(context, app, Secret.of(madeUp))
  switch (outcome.kind) {
    case 'valid':
    case 'refused':
      return { kind: 'ok', words: `${what}: accepted.` }
    case 'suspended':
      return { kind: 'ok', words: `${what}: accepted.` }
    case 'app_fault':
      return readCredentialsCheck(outcome, what)
    case 'transient':
      return readCredentialsCheck({ ...outcome, ambiguous: false }, what)
  }
}
