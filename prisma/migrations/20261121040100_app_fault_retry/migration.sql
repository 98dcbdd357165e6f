-- AlterTable
ALTER TABLE "provider_app" ADD COLUMN     "fault_retry_at" TIMESTAMPTZ(3);
