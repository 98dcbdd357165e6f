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
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['json'], ['line']] : 'list',
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  projects: [
    { name: 'start', testDir: 'tests/start', testMatch: '*.spec.ts' },
    {
      name: 'journeys',
      testDir: 'e2e',
      testMatch: '**/*.spec.ts',
      use: {
        trace: 'retain-on-failure',
        screenshot: 'only-on-failure',
        launchOptions: { args: launchArguments, ...(executablePath ? { executablePath } : {}) },
      },
    },
  ],
})
