import { notFound } from 'next/navigation'
import { cache } from 'react'
import type { UserActor } from '@/lib/core/actor'
import { isPatchbayError } from '@/lib/core/errors'
import { deps, pageActor } from '@/lib/server'

type Effects = ReturnType<typeof deps>

/**
 * Makes what reads a record as the signed-in person may see it, once a request: for the title and for the page. Where there is none, by
 * `null` or by `not_found`, the answer is the page that says so.
 */
export function oncePerRequest<Page extends object>(
  read: (effects: Effects, actor: UserActor, id: string) => Promise<Page | null>,
): (id: string) => Promise<Page> {
  return cache(async (id: string) => {
    const page = await read(deps(), await pageActor(), id).catch((error: unknown) => {
      if (isPatchbayError(error) && error.code === 'not_found') return null
      throw error
    })
    return page ?? notFound()
  })
}
