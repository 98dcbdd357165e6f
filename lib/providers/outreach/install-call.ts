import type { Secret } from '../../core/secret'
import type { NoAnswer, OutboundAnswer } from '../../http/http-client'
import { makeAppToken } from '../../oauth/app-token'
import { readPrivateKey } from '../../oauth/private-key'
import { incomplete } from '../app-credentials'
import { appOrigins } from '../app-origins'
import type { CallContext, FailureWords, OpenApp } from '../contract'
import { installAction, jsonApi } from './endpoints'

export type InstallCall = {
  action: 'accessToken' | 'setupToken'
  /** Install id or setup token, made by `pathSegment`. */
  segment: string
  query?: Readonly<Record<string, string>>
  purpose: string
}

export type InstallAnswered =
  | { kind: 'sent'; answer: OutboundAnswer | NoAnswer; known: Secret[] }
  | ({ kind: 'app_fault' } & FailureWords)

/** One call of the install endpoints with a fresh app token (seed 000); nothing is sent while the app has no usable key. */
export async function callInstall(
  context: CallContext,
  app: OpenApp,
  call: InstallCall,
): Promise<InstallAnswered> {
  if (!app.s2sGuid) return incomplete('S2S GUID')
  if (app.s2sPrivateKey === null) return incomplete('private key')
  const key = readPrivateKey(app.s2sPrivateKey.reveal())
  if (key.kind === 'refused')
    return { kind: 'app_fault', code: 'private_key_refused', words: key.words, status: null }
  const token = await makeAppToken(app.s2sGuid, key.privateKey, context.now())
  const url = installAction(app, call.segment, call.action)
  url.search = new URLSearchParams(call.query).toString()
  const answer = await context.http.send({
    method: 'POST',
    url,
    pathTemplate: `/api/app/installs/{${call.action === 'setupToken' ? 'setupToken' : 'installId'}}/actions/${call.action}`,
    allowedOrigins: appOrigins(app),
    headers: { accept: jsonApi, authorization: `Bearer ${token.reveal()}` },
    timeoutMs: context.timeoutMs,
    purpose: call.purpose,
  })
  return { kind: 'sent', answer, known: [token] }
}
