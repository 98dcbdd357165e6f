-- AlterTable
ALTER TABLE "rate_window" DROP COLUMN "granted",
DROP COLUMN "outstanding",
DROP COLUMN "window_start",
ADD COLUMN     "in_flight" JSONB NOT NULL DEFAULT '{}';
