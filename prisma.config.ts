import { defineConfig } from 'prisma/config'

/** For Prisma's own commands; Patchbay applies its migrations itself when it starts. */
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_MIGRATE_URL ?? process.env.DATABASE_URL ?? '' },
})
