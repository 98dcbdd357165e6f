-- Statements that look a connection, install or flow up by these columns run at every rotation, install and reconnect.

-- CreateIndex
CREATE INDEX "connection_app_id_external_account_id_idx" ON "connection"("app_id", "external_account_id");

-- CreateIndex
CREATE INDEX "install_connection_id_idx" ON "install"("connection_id");

-- CreateIndex
CREATE INDEX "connect_flow_connection_id_idx" ON "connect_flow"("connection_id");

-- CreateIndex
CREATE INDEX "connect_flow_result_id_idx" ON "connect_flow"("result_id");

-- The same user number in another Outreach org is another person.
DROP INDEX "connection_live_account_key";
CREATE UNIQUE INDEX "connection_live_account_key" ON "connection"("app_id", "external_account_id", "grant_kind", coalesce("external_org_id", '')) WHERE "lifecycle" = 'live' AND "external_account_id" IS NOT NULL;
