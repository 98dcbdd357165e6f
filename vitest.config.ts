import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))

/** `unit` needs nothing but Node; `integration` needs the PostgreSQL that `npm test` starts (TEST_DATABASE_URL). */
export default defineConfig({
  resolve: { alias: { '@': root.replace(/\/$/, ''), 'server-only': `${root}tests/empty-module.ts` } },
  test: {
    // For whatever a test waits for: on a slow, busy machine it comes late, and a test that waits in vain is rare.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: ['**/*.db.test.ts', '**/node_modules/**', 'e2e/**', '.next/**', 'dist/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['**/*.db.test.ts'],
          exclude: ['**/node_modules/**', 'e2e/**', '.next/**', 'dist/**'],
        },
      },
    ],
  },
})
