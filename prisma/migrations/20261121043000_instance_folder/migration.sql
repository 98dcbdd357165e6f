-- AlterTable
ALTER TABLE "instance_identity" ADD COLUMN     "data_folder" TEXT;
