import { runNode } from './run.mjs'
import { unlessDone } from './stamp.mjs'
import { step } from './step.mjs'

/** Makes the database client from prisma/schema.prisma. */
export function generate() {
  return unlessDone(
    {
      name: 'generate',
      inputs: ['prisma/schema.prisma', 'prisma.config.ts', 'package-lock.json'],
      outputs: ['lib/db/generated/client.ts'],
    },
    () =>
      step('Generating the database client', () =>
        runNode('prisma/build/index.js', ['generate'], {
          words: 'prisma generate',
          // `generate` never runs the schema engine but downloads it unless one is named: any existing file will do.
          env: {
            PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
            CHECKPOINT_DISABLE: '1',
            PRISMA_HIDE_UPDATE_MESSAGE: '1',
          },
        }),
      ),
  )
}
