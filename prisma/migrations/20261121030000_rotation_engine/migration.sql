-- CreateEnum
CREATE TYPE "NotificationChannelKind" AS ENUM ('email', 'webhook');

-- CreateEnum
CREATE TYPE "NotificationDeliveryState" AS ENUM ('waiting', 'sent', 'given_up');

-- DropIndex
DROP INDEX "rotation_journal_outcome_idx";

-- AlterTable
ALTER TABLE "connection" ADD COLUMN     "probe_first" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "verdict_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "instance_identity" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "system_identifier" TEXT NOT NULL,
    "database_oid" INTEGER NOT NULL,
    "app_url" TEXT NOT NULL,
    "held_at" TIMESTAMPTZ(3),
    "held_reason" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "instance_identity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "provider_trouble" (
    "id" TEXT NOT NULL,
    "provider" "Provider" NOT NULL,
    "base_url" TEXT NOT NULL,
    "open_key" TEXT,
    "began_at" TIMESTAMPTZ(3) NOT NULL,
    "retry_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "refused" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "words" TEXT NOT NULL,

    CONSTRAINT "provider_trouble_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "process_beat" (
    "id" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "roles" TEXT[],
    "version" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "beat_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "process_beat_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification_channel" (
    "id" TEXT NOT NULL,
    "kind" "NotificationChannelKind" NOT NULL,
    "name" TEXT NOT NULL,
    "addresses" TEXT[],
    "secret_sealed" TEXT,
    "events" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "paused_at" TIMESTAMPTZ(3),
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "notification_channel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "dedupe_key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "subject_name" TEXT NOT NULL,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "dispatched_at" TIMESTAMPTZ(3),

    CONSTRAINT "notification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification_delivery" (
    "id" TEXT NOT NULL,
    "notification_id" TEXT NOT NULL,
    "channel_id" TEXT NOT NULL,
    "state" "NotificationDeliveryState" NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ(3),
    "status" INTEGER,
    "words" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "notification_delivery_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "provider_trouble_open_key_key" ON "provider_trouble"("open_key");

-- CreateIndex
CREATE INDEX "provider_trouble_began_at_idx" ON "provider_trouble"("began_at" DESC);

-- CreateIndex
CREATE INDEX "process_beat_beat_at_idx" ON "process_beat"("beat_at");

-- CreateIndex
CREATE UNIQUE INDEX "notification_dedupe_key_key" ON "notification"("dedupe_key");

-- CreateIndex
CREATE INDEX "notification_dispatched_at_at_idx" ON "notification"("dispatched_at", "at");

-- CreateIndex
CREATE INDEX "notification_subject_id_at_idx" ON "notification"("subject_id", "at" DESC);

-- CreateIndex
CREATE INDEX "notification_at_id_idx" ON "notification"("at" DESC, "id");

-- CreateIndex
CREATE INDEX "notification_delivery_state_next_try_at_idx" ON "notification_delivery"("state", "next_try_at");

-- CreateIndex
CREATE INDEX "notification_delivery_channel_id_created_at_idx" ON "notification_delivery"("channel_id", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "notification_delivery_notification_id_channel_id_key" ON "notification_delivery"("notification_id", "channel_id");

-- CreateIndex
CREATE INDEX "token_pair_first_used_at_obtained_at_idx" ON "token_pair"("first_used_at", "obtained_at");

-- CreateIndex
CREATE INDEX "rotation_journal_outcome_ended_at_idx" ON "rotation_journal"("outcome", "ended_at");

-- CreateIndex
CREATE INDEX "rotation_journal_started_at_idx" ON "rotation_journal"("started_at");

-- AddForeignKey
ALTER TABLE "notification_delivery" ADD CONSTRAINT "notification_delivery_notification_id_fkey" FOREIGN KEY ("notification_id") REFERENCES "notification"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification_delivery" ADD CONSTRAINT "notification_delivery_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "notification_channel"("id") ON DELETE CASCADE ON UPDATE CASCADE;

