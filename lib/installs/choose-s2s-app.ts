import type { Deps } from '../deps'

export type ChosenApp =
  | { kind: 'chosen'; appId: string }
  | { kind: 'none' }
  /** Without a slug the landing URL serves the only S2S app. */
  | { kind: 'several' }

/**
 * The S2S app whose landing URL was called.
 *
 * @param slug the URL's last segment, `null` for the URL without one
 */
export async function chooseS2sApp(deps: Pick<Deps, 'db'>, slug: string | null): Promise<ChosenApp> {
  // Not every text of a URL can be asked for: PostgreSQL takes no NUL.
  if (slug !== null && !/^[\w.-]{1,200}$/.test(slug)) return { kind: 'none' }
  const apps = await deps.db.providerApp.findMany({
    where: {
      provider: 'outreach',
      grants: { has: 's2s' },
      hiddenAt: null,
      ...(slug === null ? {} : { slug }),
    },
    take: 2,
    select: { id: true },
  })
  const [first, second] = apps
  if (!first) return { kind: 'none' }
  return second ? { kind: 'several' } : { kind: 'chosen', appId: first.id }
}
