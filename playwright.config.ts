import { defineConfig } from '@playwright/test'

/**
 * `npm test` runs this with E2E_BROWSER (the Chromium it found) and TEST_DATABASE_URL (the PostgreSQL it started); the
 * product itself is started by each worker, see tests/product/journey.ts.
 */
const executablePath = process.env.E2E_BROWSER
const launchArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export default defineConfig({
  outputDir: '.test/browser',
  globalSetup: './tests/product/clear-evidence.ts',
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['json'], ['line']] : 'list',
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  // For whatever a journey waits for: on a slow, busy machine it comes late, and a journey that waits in vain is rare.
  timeout: 300_000,
  expect: { timeout: 30_000 },
  projects: [
    { name: 'start', testDir: 'tests/start', testMatch: '*.spec.ts', fullyParallel: false },
    {
      name: 'journeys',
      testDir: 'e2e',
      testMatch: '**/*.spec.ts',
      testIgnore: '**/secret-sweep.spec.ts',
      use: {
        trace: { mode: 'retain-on-failure', screenshots: false },
        screenshot: 'only-on-failure',
        actionTimeout: 30_000,
        launchOptions: { args: launchArguments, ...(executablePath ? { executablePath } : {}) },
      },
    },
    { name: 'sweep', testDir: 'e2e', testMatch: 'secret-sweep.spec.ts', dependencies: ['journeys'] },
  ],
})
