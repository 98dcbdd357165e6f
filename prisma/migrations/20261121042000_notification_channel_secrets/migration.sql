-- AlterTable
ALTER TABLE "notification_channel" ADD COLUMN     "paused_reason" TEXT,
ADD COLUMN     "previous_secret_sealed" TEXT,
ADD COLUMN     "secret_replaced_at" TIMESTAMPTZ(3);
