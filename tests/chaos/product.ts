import { serve } from '../../server/serve'

/** The whole product as `npm start` runs it, without what the start prepares; the pages are not built (`ROLES=worker`). */
await serve({ root: process.env.CHAOS_ROOT ?? process.cwd(), dev: false, sandboxEntry: '' })
