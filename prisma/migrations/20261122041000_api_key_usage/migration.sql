-- CreateIndex
CREATE INDEX "usage_minute_api_key_id_minute_idx" ON "usage_minute"("api_key_id", "minute");

-- CreateIndex
CREATE INDEX "token_read_api_key_id_minute_idx" ON "token_read"("api_key_id", "minute");
