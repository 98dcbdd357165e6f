import 'server-only'
import { readActor, requirePageActor } from './auth/current-actor'
import type { Role, UserActor } from './core/actor'
import { deps } from './runtime/deps-slot'

/*
 * The one door of lib/ that app/ uses (beside lib/core): each verb and query by its own name, and the effects they run with.
 */

/** @returns who is signed in in this request's browser, `null` for nobody */
export function currentActor(): Promise<UserActor | null> {
  return readActor(deps())
}

/** The actor of a page; nobody is sent to sign in and comes back. @param role less than this gets the overview */
export function pageActor(role?: Role): Promise<UserActor> {
  return requirePageActor(deps(), role)
}

// Signing in
export { authOptions } from './auth/auth-options'
export { createFirstOwner, newPersonSchema } from './auth/create-owner'
export { hasPeople, isSetupTokenGood } from './auth/first-run'
export { passwordLengthMin } from './auth/password'
export { requestOrigin } from './auth/request-origin'
export { setupCookie, setupCookieName } from './auth/setup-cookie'
// Connections
export { disconnectConnection } from './connections/disconnect-connection'
export { dismissFlow } from './connections/dismiss-flow'
export { type FinishInput, type FinishOutcome, finishConnect } from './connections/finish-connect'
export { dropFlowCookieHeader, flowCookieHeader } from './connections/flow-cookie'
export { finishPath, refusedPath, signInPath, startLocation } from './connections/flow-paths'
export { refusalWords } from './connections/flow-words'
export { openInOutstand } from './connections/open-in-outstand'
export { renameConnection } from './connections/rename-connection'
export { resumeFlow } from './connections/resume-flow'
export { isSameOrigin } from './connections/same-origin'
export { setSso } from './connections/set-sso'
export { settleOtherAccount } from './connections/settle-other-account'
export { ssoPage } from './connections/sso-page'
export { startConnect } from './connections/start-connect'
export { unexpectedAnswer } from './connections/unexpected-answer'
// Installs and webhooks
export { acceptInstall } from './installs/accept-install'
export { addInstall } from './installs/add-install'
export { answerLanding, answerLandingHead } from './installs/answer-landing'
export { refuseInstall } from './installs/refuse-install'
export { checkAgain } from './rotation/check-again'
export { refreshNow } from './rotation/refresh-now'
export { answerWebhook } from './webhooks/answer-webhook'
export { deps }

// Provider apps

// Queries
export { type LandedPage, landedPage, refusedLanding } from './queries/landed-page'
