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

// API keys
export { changeKey } from './api-keys/change-key'
export { createKey } from './api-keys/create-key'
export { revokeKey } from './api-keys/revoke-key'
// Signing in and people
export { addPerson } from './auth/add-person'
export { authOptions } from './auth/auth-options'
export { changeOwnPassword } from './auth/change-own-password'
export { changeRole } from './auth/change-role'
export { createFirstOwner } from './auth/create-owner'
export { pagePathHeader } from './auth/current-actor'
export { disablePerson } from './auth/disable-person'
export { enablePerson } from './auth/enable-person'
export { endSession } from './auth/end-session'
export { hasPeople, isSetupTokenGood } from './auth/first-run'
export { newPersonSchema } from './auth/new-person'
export { passwordLengthMin } from './auth/password'
export { requestOrigin } from './auth/request-origin'
export { sessionActor } from './auth/sessions'
export { setupCookie, setupCookieName } from './auth/setup-cookie'
export { signInPath as pageSignInPath } from './auth/sign-in-path'
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
// The gateway
export { type ApiReferencePage, apiReferencePage } from './gateway/reference-page'
export { type TriedCall, tryCall } from './gateway/try-call/try-call'
// Installs and webhooks
export { acceptInstall } from './installs/accept-install'
export { addInstall } from './installs/add-install'
export { answerLanding, answerLandingHead } from './installs/answer-landing'
export { refuseInstall } from './installs/refuse-install'
export { letDatabaseGoOn } from './instance/let-database-go-on'
// Notifications
export { addChannel } from './notifications/add-channel'
export { changeChannel } from './notifications/change-channel'
export type { DeliveryOutcome } from './notifications/delivery-outcome'
export { pauseChannel, resumeChannel } from './notifications/pause-channel'
export { removeChannel } from './notifications/remove-channel'
export { replaceChannelSecret } from './notifications/replace-channel-secret'
export { retryDelivery } from './notifications/retry-delivery'
export { sendTrial } from './notifications/send-trial'
// Provider apps
export { checkApp } from './provider-apps/check-app'
export { createApp } from './provider-apps/create-app'
export { generateKeyPair } from './provider-apps/generate-key-pair'
export { importPrivateKey } from './provider-apps/import-private-key'
export { removeApp } from './provider-apps/remove-app'
export { replaceSecret } from './provider-apps/replace-secret'
export { updateApp } from './provider-apps/update-app'
export { type ActivityPage, activityPage } from './queries/activity-page'
export { type ApiKeyPage, apiKeyPage } from './queries/api-key-page'
export type { KeyReach, KeyRow } from './queries/api-key-rows'
export { type ApiKeysPage, apiKeysPage } from './queries/api-keys-page'
export { type AuditEntryView, actorKinds, subjectKinds } from './queries/audit-entry'
export type { BucketSort, BucketSortKey } from './queries/bucket-keys'
export { type ConnectOffer, connectOffers } from './queries/connect-offers'
export { type ConnectionCount, countConnections } from './queries/connection-counts'
// Queries
export { type ConnectionHistory, connectionHistory, type HistoryRow } from './queries/connection-history'
export type { ConnectionSort, ConnectionSortKey } from './queries/connection-list-sql'
export { type ConnectionPage, connectionPage } from './queries/connection-page'
export type { RotationRow } from './queries/connection-rotations'
export { type ConnectionScopes, connectionScopes } from './queries/connection-scopes'
export { type ConnectionToken, connectionToken } from './queries/connection-token'
export { type ConnectionUsage, connectionUsage } from './queries/connection-usage'
export {
  type ConnectionRow,
  type ConnectionsQuery,
  connectionsPage,
  connectionsPageSize,
} from './queries/connections-page'
export { type FlowPage, flowPage, type SentRequest } from './queries/flow-page'
export { type InstallRow, type InstallsPage, installsPage } from './queries/installs-page'
export { type InstanceBanners, instanceBanners } from './queries/instance-banners'
export { type LandedPage, landedPage, refusedLanding } from './queries/landed-page'
export {
  type ChannelPage,
  type ChannelRow,
  channelPage,
  type NotificationState,
  notificationStates,
} from './queries/notification-channels'
export {
  type NotificationDeliveryRow,
  type NotificationsPage,
  notificationsPage,
} from './queries/notifications-page'
export type { Attention, AttentionItem } from './queries/overview-attention'
export type { ComingUp } from './queries/overview-coming-up'
export { type OverviewPage, overviewPage } from './queries/overview-page'
export type { Waiting, WaitingFlow } from './queries/overview-waiting'
export {
  type ProviderAppPage,
  providerAppPage,
  type ScopePicker,
  type SecretState,
} from './queries/provider-app-page'
export { type ProviderAppRow, providersPage } from './queries/providers-page'
export {
  firstBucketSort,
  type LimitRow,
  type RateLimitsPage,
  rateLimitsPage,
} from './queries/rate-limits-page'
export {
  type ReachableConnection,
  type ReachableConnections,
  reachableConnections,
} from './queries/reachable-connections'
export { readyCalls } from './queries/ready-calls'
export { type RotationFigures, rotationFigures } from './queries/rotation-figures'
export { type ScopeUseView, scopeUse } from './queries/scope-use'
export { searchConnections } from './queries/search-connections'
export { type PersonRow, type SessionRow, type SettingsPage, settingsPage } from './queries/settings-page'
export type { TimeToEmpty } from './queries/time-to-empty'
export { type UsageFigures, type UsageHistory, usageHistory } from './queries/usage-history'
export { type UsagePeriod, usagePeriods } from './queries/usage-period'
export {
  type DeliveryPage,
  type DeliveryRow,
  deliveryPage,
  deliveryStates,
  type WebhookEndpoint,
  type WebhooksPage,
  webhooksPage,
} from './queries/webhooks-page'
export { type CheckResult, checkAgain } from './rotation/check-again'
export { refreshNow } from './rotation/refresh-now'
export type { RotationResult } from './rotation/rotate-connection'
export { answerWebhook } from './webhooks/answer-webhook'
export { deps }
