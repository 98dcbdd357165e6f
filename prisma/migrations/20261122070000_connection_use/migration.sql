-- CreateTable
CREATE TABLE "connection_use" (
    "connection_id" TEXT NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "connection_use_pkey" PRIMARY KEY ("connection_id")
);

INSERT INTO "connection_use" ("connection_id", "last_used_at") SELECT "id", "last_used_at" FROM "connection";

-- CreateIndex
CREATE INDEX "connection_use_last_used_at_connection_id_idx" ON "connection_use"("last_used_at", "connection_id");

-- AddForeignKey
ALTER TABLE "connection_use" ADD CONSTRAINT "connection_use_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- DropIndex
DROP INDEX "connection_last_used_at_id_idx";

-- AlterTable
ALTER TABLE "connection" DROP COLUMN "last_used_at";

-- Every connection has its row, so that the list sorts those that were never used as well. The engine splits this script at
-- semicolons, hence \073 in the body.
CREATE FUNCTION "begin_connection_use"() RETURNS trigger LANGUAGE plpgsql AS E'BEGIN
    INSERT INTO "connection_use" ("connection_id") VALUES (NEW."id")\073
    RETURN NULL\073
END';
CREATE TRIGGER "connection_use_new" AFTER INSERT ON "connection" FOR EACH ROW EXECUTE FUNCTION "begin_connection_use"();
