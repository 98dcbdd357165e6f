import { cache } from 'react'
import type { UserActor } from '@/lib/core/actor'
import { deps, pageActor } from '@/lib/server'

type Effects = ReturnType<typeof deps>

/** Makes what reads a record as the signed-in person may see it, once a request: for the title and for the page. */
export function oncePerRequest<Page>(
  read: (effects: Effects, actor: UserActor, id: string) => Promise<Page>,
): (id: string) => Promise<Page> {
  return cache(async (id: string) => read(deps(), await pageActor(), id))
}
