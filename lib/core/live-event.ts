import { z } from 'zod'

/** What changed, so that open pages can read it again; it carries ids, never values. */
export const liveEventSchema = z.object({
  topic: z.enum([
    'connection',
    'install',
    'app',
    'flow',
    'webhook',
    'audit',
    'notification',
    'instance',
    'api_key',
    'rate',
    // For processes, not for pages: what they remember of a bucket holds no longer.
    'permit',
  ]),
  id: z.string(),
})
export type LiveEvent = z.infer<typeof liveEventSchema>
