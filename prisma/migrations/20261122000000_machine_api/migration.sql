-- AlterTable
ALTER TABLE "rate_window" ADD COLUMN     "blocked_until" TIMESTAMPTZ(3),
ADD COLUMN     "granted" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "outstanding" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "slots" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "window_s" INTEGER;

-- CreateTable
CREATE TABLE "usage_minute" (
    "minute" TIMESTAMPTZ(0) NOT NULL,
    "connection_id" TEXT NOT NULL,
    "api_key_id" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "route" TEXT NOT NULL,
    "bucket" TEXT NOT NULL,
    "calls" INTEGER NOT NULL DEFAULT 0,
    "ok" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "limited" INTEGER NOT NULL DEFAULT 0,
    "held" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "bytes_up" BIGINT NOT NULL DEFAULT 0,
    "bytes_down" BIGINT NOT NULL DEFAULT 0,
    "duration_ms" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "usage_minute_pkey" PRIMARY KEY ("connection_id","minute","api_key_id","method","route")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "key_hash" TEXT NOT NULL,
    "hint" TEXT NOT NULL,
    "scopes" TEXT[],
    "providers" "Provider"[],
    "connection_ids" TEXT[],
    "requests_per_minute" INTEGER,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_by" TEXT,

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "token_read" (
    "minute" TIMESTAMPTZ(0) NOT NULL,
    "api_key_id" TEXT NOT NULL,
    "connection_id" TEXT NOT NULL,
    "reads" INTEGER NOT NULL,

    CONSTRAINT "token_read_pkey" PRIMARY KEY ("connection_id","minute","api_key_id")
);

-- CreateTable
CREATE TABLE "refresh_request" (
    "api_key_id" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "connection_id" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "refresh_request_pkey" PRIMARY KEY ("api_key_id","idempotency_key")
);

-- CreateIndex
CREATE INDEX "usage_minute_bucket_minute_idx" ON "usage_minute"("bucket", "minute");

-- CreateIndex
CREATE INDEX "usage_minute_minute_idx" ON "usage_minute"("minute");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_key_hash_key" ON "api_key"("key_hash");

-- CreateIndex
CREATE INDEX "api_key_created_at_id_idx" ON "api_key"("created_at" DESC, "id");

-- CreateIndex
CREATE INDEX "token_read_minute_idx" ON "token_read"("minute");

-- CreateIndex
CREATE INDEX "refresh_request_at_idx" ON "refresh_request"("at");

