import { runNode } from './run.mjs'
import { unlessDone } from './stamp.mjs'
import { step } from './step.mjs'

/** Everything that `next build` reads. */
const inputs = [
  'app',
  'components',
  'lib',
  'public',
  'prisma/schema.prisma',
  'proxy.ts',
  'instrumentation.ts',
  'next.config.mjs',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
]

/** Builds the pages. */
export function buildPages() {
  return unlessDone({ name: 'pages', inputs, outputs: ['.next/BUILD_ID'] }, () =>
    step('Building the pages (next build)', () =>
      runNode('next/dist/bin/next', ['build'], {
        words: 'next build',
        env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
      }),
    ),
  )
}
