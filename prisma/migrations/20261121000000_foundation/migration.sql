-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('owner', 'admin', 'viewer');

-- CreateEnum
CREATE TYPE "Provider" AS ENUM ('outreach', 'envoy', 'outstand');

-- CreateEnum
CREATE TYPE "Environment" AS ENUM ('sandbox', 'development', 'production');

-- CreateEnum
CREATE TYPE "GrantKind" AS ENUM ('oauth_code', 's2s', 'plugin_install', 'client_credentials');

-- CreateEnum
CREATE TYPE "AppOrigin" AS ENUM ('sandbox', 'environment', 'settings');

-- CreateEnum
CREATE TYPE "Lifecycle" AS ENUM ('pending', 'live', 'refused', 'disconnected');

-- CreateEnum
CREATE TYPE "InstallState" AS ENUM ('waiting', 'accepted', 'refused', 'uninstalled');

-- CreateEnum
CREATE TYPE "FlowOutcome" AS ENUM ('open', 'completed', 'waiting_for_sign_in', 'other_account', 'denied', 'failed', 'abandoned');

-- CreateEnum
CREATE TYPE "WebhookState" AS ENUM ('received', 'handled', 'failed');

-- CreateEnum
CREATE TYPE "RotationKind" AS ENUM ('code', 'refresh', 'mint', 'plugin_install', 'client_credentials');

-- CreateEnum
CREATE TYPE "RotationOutcome" AS ENUM ('open', 'renewed', 'transient', 'terminal', 'app_fault', 'uncertain', 'discarded');

-- CreateEnum
CREATE TYPE "LimitSource" AS ENUM ('headers', 'own_count');

-- CreateTable
CREATE TABLE "app_user" (
    "id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "password_hash" TEXT,
    "oidc_subject" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "app_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "user_agent" TEXT,
    "address" TEXT,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "setup_link" (
    "token_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "setup_link_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "throttle_window" (
    "bucket" TEXT NOT NULL,
    "window_start" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "throttle_window_pkey" PRIMARY KEY ("bucket","window_start")
);

-- CreateTable
CREATE TABLE "data_key" (
    "id" TEXT NOT NULL,
    "master_key_id" TEXT NOT NULL,
    "key_sealed" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "data_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "provider_app" (
    "id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "provider" "Provider" NOT NULL,
    "environment" "Environment" NOT NULL,
    "origin" "AppOrigin" NOT NULL,
    "name" TEXT NOT NULL,
    "grants" "GrantKind"[],
    "base_url" TEXT NOT NULL,
    "browser_url" TEXT,
    "client_id" TEXT,
    "client_secret_sealed" TEXT,
    "scopes" TEXT[],
    "s2s_guid" TEXT,
    "s2s_private_key_sealed" TEXT,
    "s2s_public_key_pem" TEXT,
    "install_url" TEXT,
    "webhook_secret_sealed" TEXT,
    "owning_org_id" TEXT,
    "owning_org_name" TEXT,
    "plugin_id" TEXT,
    "rate_limit_bypass_sealed" TEXT,
    "agreed_limit" INTEGER,
    "agreed_window_s" INTEGER,
    "fault_at" TIMESTAMPTZ(3),
    "fault_code" TEXT,
    "fault_words" TEXT,
    "checked_at" TIMESTAMPTZ(3),
    "check_result" TEXT,
    "last_webhook_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "hidden_at" TIMESTAMPTZ(3),

    CONSTRAINT "provider_app_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "connection" (
    "id" TEXT NOT NULL,
    "provider" "Provider" NOT NULL,
    "app_id" TEXT NOT NULL,
    "grant_kind" "GrantKind" NOT NULL,
    "lifecycle" "Lifecycle" NOT NULL,
    "external_account_id" TEXT,
    "account_name" TEXT NOT NULL,
    "account_email" TEXT,
    "external_org_id" TEXT,
    "org_name" TEXT,
    "label" TEXT,
    "api_url" TEXT,
    "granted_scopes" TEXT[],
    "scopes_reported" BOOLEAN NOT NULL DEFAULT false,
    "requested_scopes" TEXT[],
    "generation" INTEGER NOT NULL DEFAULT 0,
    "access_expires_at" TIMESTAMPTZ(3),
    "refresh_expires_at" TIMESTAMPTZ(3),
    "suspended_at" TIMESTAMPTZ(3),
    "suspended_reason" TEXT,
    "needs_reconnect_at" TIMESTAMPTZ(3),
    "uncertain_at" TIMESTAMPTZ(3),
    "retrying_since" TIMESTAMPTZ(3),
    "failure_count" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3),
    "last_success_at" TIMESTAMPTZ(3),
    "failure_at" TIMESTAMPTZ(3),
    "failure_code" TEXT,
    "failure_words" TEXT,
    "ended_at" TIMESTAMPTZ(3),
    "ended_reason" TEXT,
    "own_status" TEXT NOT NULL DEFAULT 'pending',
    "pending_reason" TEXT,
    "replaces_id" TEXT,
    "sso_enabled" BOOLEAN NOT NULL DEFAULT true,
    "consent_at" TIMESTAMPTZ(3),
    "connected_by" TEXT,
    "last_used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "connection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "token_pair" (
    "connection_id" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "obtained_by" "RotationKind" NOT NULL,
    "access_token_sealed" TEXT NOT NULL,
    "refresh_token_sealed" TEXT,
    "previous_refresh_token_sealed" TEXT,
    "access_fingerprint" TEXT NOT NULL,
    "refresh_fingerprint" TEXT,
    "obtained_at" TIMESTAMPTZ(3) NOT NULL,
    "access_expires_at" TIMESTAMPTZ(3),
    "refresh_expires_at" TIMESTAMPTZ(3),
    "first_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "token_pair_pkey" PRIMARY KEY ("connection_id")
);

-- CreateTable
CREATE TABLE "rotation_lease" (
    "connection_id" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rotation_lease_pkey" PRIMARY KEY ("connection_id")
);

-- CreateTable
CREATE TABLE "rotation_journal" (
    "id" TEXT NOT NULL,
    "connection_id" TEXT NOT NULL,
    "kind" "RotationKind" NOT NULL,
    "cause" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "refresh_fingerprint" TEXT,
    "outcome" "RotationOutcome" NOT NULL DEFAULT 'open',
    "failure_code" TEXT,
    "failure_words" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "rotation_journal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "install" (
    "id" TEXT NOT NULL,
    "provider" "Provider" NOT NULL,
    "app_id" TEXT NOT NULL,
    "external_install_id" TEXT NOT NULL,
    "state" "InstallState" NOT NULL DEFAULT 'waiting',
    "connection_id" TEXT,
    "reference" TEXT NOT NULL,
    "external_org_id" TEXT,
    "org_name" TEXT,
    "api_url" TEXT,
    "installed_at" TIMESTAMPTZ(3),
    "uninstalled_at" TIMESTAMPTZ(3),
    "learnt_from" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "install_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "install_lease" (
    "app_id" TEXT NOT NULL,
    "external_install_id" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "install_lease_pkey" PRIMARY KEY ("app_id","external_install_id")
);

-- CreateTable
CREATE TABLE "setup_token_use" (
    "token_hash" TEXT NOT NULL,
    "app_id" TEXT NOT NULL,
    "install_id" TEXT,
    "failure" TEXT,
    "first_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "setup_token_use_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "connect_flow" (
    "id" TEXT NOT NULL,
    "provider" "Provider" NOT NULL,
    "app_id" TEXT NOT NULL,
    "grant_kind" "GrantKind" NOT NULL,
    "user_id" TEXT NOT NULL,
    "connection_id" TEXT,
    "state_hash" TEXT,
    "cookie_hash" TEXT,
    "verifier_sealed" TEXT,
    "code_sealed" TEXT,
    "redirect_uri" TEXT,
    "sent_url" TEXT,
    "scopes" TEXT[],
    "outcome" "FlowOutcome" NOT NULL DEFAULT 'open',
    "failure_code" TEXT,
    "failure_words" TEXT,
    "result_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "dismissed_at" TIMESTAMPTZ(3),

    CONSTRAINT "connect_flow_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_delivery" (
    "id" TEXT NOT NULL,
    "provider" "Provider" NOT NULL,
    "app_id" TEXT,
    "dedupe_key" TEXT NOT NULL,
    "event_name" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "state" "WebhookState" NOT NULL DEFAULT 'received',
    "repeats" INTEGER NOT NULL DEFAULT 0,
    "install_id" TEXT,
    "connection_id" TEXT,
    "failure_words" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "handled_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT,
    "actor_name" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "subject_name" TEXT NOT NULL,
    "connection_id" TEXT,
    "detail" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_window" (
    "bucket" TEXT NOT NULL,
    "provider" "Provider" NOT NULL,
    "limit" INTEGER,
    "used" INTEGER NOT NULL,
    "remaining" INTEGER,
    "window_start" TIMESTAMPTZ(3),
    "resets_at" TIMESTAMPTZ(3),
    "source" "LimitSource" NOT NULL,
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "last_429_at" TIMESTAMPTZ(3),

    CONSTRAINT "rate_window_pkey" PRIMARY KEY ("bucket")
);

-- CreateIndex
CREATE UNIQUE INDEX "app_user_email_key" ON "app_user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "app_user_oidc_subject_key" ON "app_user"("oidc_subject");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "provider_app_slug_key" ON "provider_app"("slug");

-- CreateIndex
CREATE INDEX "provider_app_provider_hidden_at_idx" ON "provider_app"("provider", "hidden_at");

-- CreateIndex
CREATE INDEX "connection_provider_own_status_id_idx" ON "connection"("provider", "own_status", "id");

-- CreateIndex
CREATE INDEX "connection_own_status_id_idx" ON "connection"("own_status", "id");

-- CreateIndex
CREATE INDEX "connection_access_expires_at_id_idx" ON "connection"("access_expires_at", "id");

-- CreateIndex
CREATE INDEX "connection_refresh_expires_at_id_idx" ON "connection"("refresh_expires_at", "id");

-- CreateIndex
CREATE INDEX "connection_last_used_at_id_idx" ON "connection"("last_used_at", "id");

-- CreateIndex
CREATE INDEX "connection_account_name_id_idx" ON "connection"("account_name", "id");

-- CreateIndex
CREATE INDEX "connection_next_attempt_at_idx" ON "connection"("next_attempt_at");

-- CreateIndex
CREATE INDEX "rotation_journal_connection_id_started_at_idx" ON "rotation_journal"("connection_id", "started_at" DESC);

-- CreateIndex
CREATE INDEX "rotation_journal_outcome_idx" ON "rotation_journal"("outcome");

-- CreateIndex
CREATE UNIQUE INDEX "install_reference_key" ON "install"("reference");

-- CreateIndex
CREATE INDEX "install_state_created_at_idx" ON "install"("state", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "install_app_id_external_install_id_key" ON "install"("app_id", "external_install_id");

-- CreateIndex
CREATE INDEX "setup_token_use_first_at_idx" ON "setup_token_use"("first_at");

-- CreateIndex
CREATE UNIQUE INDEX "connect_flow_state_hash_key" ON "connect_flow"("state_hash");

-- CreateIndex
CREATE INDEX "connect_flow_outcome_created_at_idx" ON "connect_flow"("outcome", "created_at");

-- CreateIndex
CREATE INDEX "connect_flow_app_id_grant_kind_outcome_created_at_idx" ON "connect_flow"("app_id", "grant_kind", "outcome", "created_at");

-- CreateIndex
CREATE INDEX "webhook_delivery_received_at_idx" ON "webhook_delivery"("received_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "webhook_delivery_provider_dedupe_key_key" ON "webhook_delivery"("provider", "dedupe_key");

-- CreateIndex
CREATE INDEX "audit_event_at_id_idx" ON "audit_event"("at" DESC, "id");

-- CreateIndex
CREATE INDEX "audit_event_connection_id_at_idx" ON "audit_event"("connection_id", "at" DESC);

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connection" ADD CONSTRAINT "connection_app_id_fkey" FOREIGN KEY ("app_id") REFERENCES "provider_app"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "token_pair" ADD CONSTRAINT "token_pair_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rotation_lease" ADD CONSTRAINT "rotation_lease_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rotation_journal" ADD CONSTRAINT "rotation_journal_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "install" ADD CONSTRAINT "install_app_id_fkey" FOREIGN KEY ("app_id") REFERENCES "provider_app"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "install" ADD CONSTRAINT "install_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connect_flow" ADD CONSTRAINT "connect_flow_app_id_fkey" FOREIGN KEY ("app_id") REFERENCES "provider_app"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connect_flow" ADD CONSTRAINT "connect_flow_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What the schema language cannot say. tests/schema-drift.db.test.ts knows each of these by name.

-- One live connection per app, external account and grant: connecting again renews it.
CREATE UNIQUE INDEX "connection_live_account_key" ON "connection"("app_id", "external_account_id", "grant_kind") WHERE "lifecycle" = 'live' AND "external_account_id" IS NOT NULL;

-- The audit trail is append only.
-- Prisma's adapter splits a script at every semicolon, dollar quotes or not: the body's one is written \073.
CREATE FUNCTION "refuse_audit_change"() RETURNS trigger LANGUAGE plpgsql AS E'BEGIN RAISE EXCEPTION ''audit_event is append only''\073 END';
CREATE TRIGGER "audit_event_append_only" BEFORE UPDATE OR DELETE ON "audit_event" FOR EACH ROW EXECUTE FUNCTION "refuse_audit_change"();
CREATE TRIGGER "audit_event_no_truncate" BEFORE TRUNCATE ON "audit_event" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_change"();
