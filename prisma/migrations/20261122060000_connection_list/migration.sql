-- DropIndex
DROP INDEX "connection_account_name_id_idx";

-- DropIndex
DROP INDEX "connection_provider_own_status_id_idx";

-- AlterTable
ALTER TABLE "connection" ADD COLUMN     "reconnect_by" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "connection_listed" (
    "connection_id" TEXT NOT NULL,
    "app_id" TEXT NOT NULL,
    "own_status" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "words" TEXT NOT NULL,

    CONSTRAINT "connection_listed_pkey" PRIMARY KEY ("connection_id")
);

-- A consent without a refresh token ends with its access token.
UPDATE "connection" AS c SET "reconnect_by" = CASE
    WHEN c."grant_kind" = 'oauth_code' AND NOT EXISTS (
        SELECT 1 FROM "token_pair" AS p WHERE p."connection_id" = c."id" AND p."refresh_fingerprint" IS NOT NULL
    ) THEN c."access_expires_at" ELSE c."refresh_expires_at" END;

INSERT INTO "connection_listed" ("connection_id", "app_id", "own_status", "name", "words")
SELECT "id", "app_id", "own_status", lower(coalesce("label", "account_name")),
    lower(concat_ws(chr(10), "label", "account_name", "account_email", "org_name", "external_account_id", "external_org_id", "id"))
FROM "connection";

-- CreateIndex
CREATE INDEX "connection_reconnect_by_id_idx" ON "connection"("reconnect_by", "id");

-- CreateIndex
CREATE INDEX "connection_listed_name_connection_id_idx" ON "connection_listed"("name", "connection_id");

-- CreateIndex
CREATE INDEX "connection_listed_app_id_own_status_idx" ON "connection_listed"("app_id", "own_status");

-- AddForeignKey
ALTER TABLE "connection_listed" ADD CONSTRAINT "connection_listed_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Whatever writes a connection lists it. The engine splits this script at semicolons, hence \073 in the body.
CREATE FUNCTION "list_connection"() RETURNS trigger LANGUAGE plpgsql AS E'BEGIN
    INSERT INTO "connection_listed" ("connection_id", "app_id", "own_status", "name", "words")
    VALUES (NEW."id", NEW."app_id", NEW."own_status", lower(coalesce(NEW."label", NEW."account_name")),
        lower(concat_ws(chr(10), NEW."label", NEW."account_name", NEW."account_email", NEW."org_name",
            NEW."external_account_id", NEW."external_org_id", NEW."id")))
    ON CONFLICT ("connection_id") DO UPDATE SET "app_id" = excluded."app_id", "own_status" = excluded."own_status",
        "name" = excluded."name", "words" = excluded."words"\073
    RETURN NULL\073
END';
CREATE TRIGGER "connection_listed_new" AFTER INSERT ON "connection" FOR EACH ROW EXECUTE FUNCTION "list_connection"();

-- A renewed token names `own_status` and leaves it as it is: the comparison spares it the function.
CREATE TRIGGER "connection_listed_changed" AFTER UPDATE OF "app_id", "own_status", "label", "account_name", "account_email",
    "org_name", "external_account_id", "external_org_id" ON "connection" FOR EACH ROW WHEN (
        (OLD."app_id", OLD."own_status", OLD."label", OLD."account_name", OLD."account_email", OLD."org_name",
            OLD."external_account_id", OLD."external_org_id")
        IS DISTINCT FROM
        (NEW."app_id", NEW."own_status", NEW."label", NEW."account_name", NEW."account_email", NEW."org_name",
            NEW."external_account_id", NEW."external_org_id")
    ) EXECUTE FUNCTION "list_connection"();
