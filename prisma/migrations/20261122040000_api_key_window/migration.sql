-- CreateTable
CREATE TABLE "api_key_window" (
    "api_key_id" TEXT NOT NULL,
    "minute" TIMESTAMPTZ(0) NOT NULL,
    "granted" INTEGER NOT NULL,
    "share" INTEGER NOT NULL,

    CONSTRAINT "api_key_window_pkey" PRIMARY KEY ("api_key_id")
);
