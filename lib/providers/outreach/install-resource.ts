import { z } from 'zod'
import { resourceId } from './resource-id'

const relation = z.object({ data: z.object({ type: z.string(), id: resourceId }) })

const namedAttributes = z
  .object({
    name: z.string().trim().min(1).max(300).nullish().catch(null),
    displayName: z.string().trim().min(1).max(300).nullish().catch(null),
    title: z.string().trim().min(1).max(300).nullish().catch(null),
  })
  .nullish()
  .catch(null)

const links = z
  .object({ api: z.string().nullish().catch(null) })
  .nullish()
  .catch(null)

/** Attribute names under `include=app,org` are not documented (providers.md 1.5): what is there is used. */
const included = z
  .array(
    z.object({ type: z.string(), id: resourceId, attributes: namedAttributes, links }).nullable().catch(null),
  )
  .nullish()
  .catch(null)

/** The answer of `actions/setupToken` (seed 000). */
export const installAnswerSchema = z.object({
  data: z.object({
    type: z.string(),
    id: resourceId,
    attributes: z
      .object({ installedAt: z.string().nullish().catch(null) })
      .nullish()
      .catch(null),
    relationships: z.object({ app: relation, org: relation.extend({ links }) }),
  }),
  included,
})
export type InstallAnswer = z.infer<typeof installAnswerSchema>

/** The answer of `actions/accessToken` (seed 000): the token stands in `data.meta.accessToken`; nothing else is certain. */
export const accessTokenAnswerSchema = z.object({
  data: z.object({
    relationships: z
      .object({ org: relation.extend({ links }).nullish().catch(null) })
      .nullish()
      .catch(null),
    meta: z.object({
      accessToken: z
        .string()
        .min(1)
        .max(16_384)
        .regex(/^[\x21-\x7e]+$/),
      expiresIn: z.number().positive().nullish().catch(null),
      expiresAt: z.string().nullish().catch(null),
    }),
  }),
  included,
})

/** The name an included resource gives itself. */
export function includedName(
  answer: Pick<InstallAnswer, 'included'>,
  type: string,
  id: string,
): string | null {
  const attributes = find(answer, type, id)?.attributes
  return attributes?.name ?? attributes?.displayName ?? attributes?.title ?? null
}

/** The org's API link: in the relationship (seed 000) or in the included resource. */
export function orgApiLink(answer: Pick<InstallAnswer, 'included'>, org: OrgRelation): string | null {
  return org.links?.api ?? find(answer, 'org', org.data.id)?.links?.api ?? null
}

export type OrgRelation = InstallAnswer['data']['relationships']['org']

function find(answer: Pick<InstallAnswer, 'included'>, type: string, id: string) {
  return answer.included?.find((resource) => resource?.type === type && resource.id === id) ?? null
}
