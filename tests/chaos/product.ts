import { serve } from '../../server/serve'

/**
 * The whole product as `npm start` runs it, without what the start prepares; the pages are not built (`ROLES=worker`). It ends
 * with the test that started it.
 */
process.on('disconnect', () => process.exit())
await serve({ root: process.env.CHAOS_ROOT ?? process.cwd(), dev: false, sandboxEntry: '' })
