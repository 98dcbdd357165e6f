import { z } from 'zod'
import { isLoopback } from '../config/loopback'
import { PatchbayError } from '../core/errors'
import { notificationKinds } from '../core/notification-event'

const recipientsMax = 20

/** What an admin enters about a channel, field by field; a message completes the page's words beside its field. */
export const channelFields = {
  channelId: z.string().max(64),
  name: z
    .string()
    .trim()
    .min(1, 'Give the channel a name.')
    .max(80, 'At most 80 characters.')
    .regex(/^[^\p{Cc}]*$/u, 'It holds a line break or another control character.'),
  /** Empty: every kind, those of later versions too. */
  events: z
    .array(z.enum(notificationKinds, 'One of these kinds is not known.'))
    .transform((kinds) => notificationKinds.filter((kind) => kinds.includes(kind))),
  recipients: z.string().max(4000, 'At most 4000 characters.').transform(readRecipients),
  url: z.string().trim().max(2000, 'At most 2000 characters.').transform(readEndpoint),
} as const

/** What differs by kind: who is written to, or where is posted to. One field each, named as on the page. */
export const targetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('email'), recipients: channelFields.recipients }),
  z.object({ kind: z.literal('webhook'), url: channelFields.url }),
])

/** @returns the `addresses` column */
export function addressesOf(target: z.output<typeof targetSchema>): string[] {
  return target.kind === 'email' ? target.recipients : [target.url]
}

/** Enough to tell a channel from another where its whole address is not to stand: a URL's path is often its password. */
export function targetWords(addresses: readonly string[]): string {
  const [first = ''] = addresses
  return URL.canParse(first) ? new URL(first).host : addresses.join(', ')
}

/** @throws PatchbayError `invalid_input` with the field and what is wrong with it; never a URL */
export function parseChannelInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const words = issue && /^[A-Z“]/.test(issue.message) ? issue.message : 'This is not right.'
  throw new PatchbayError('invalid_input', words, { field: String(issue?.path[0] ?? '') })
}

type Context = z.RefinementCtx<string>

function refuse(context: Context, message: string): never {
  context.addIssue({ code: 'custom', message })
  return z.NEVER
}

function readRecipients(text: string, context: Context): string[] {
  const addresses = [...new Set(text.split(/[\s,;]+/).filter((word) => word !== ''))]
  if (addresses.length === 0) return refuse(context, 'Enter one address or several.')
  if (addresses.length > recipientsMax) return refuse(context, `At most ${recipientsMax} addresses.`)
  const wrong = addresses.find(
    (address) => !/^[^\s@<>"(),:;[\]\\\p{C}]{1,64}@[A-Za-z0-9.-]{1,190}$/u.test(address),
  )
  return wrong === undefined
    ? addresses
    : refuse(context, `“${wrong.slice(0, 80)}” is not an e-mail address.`)
}

/**
 * Receivers inside the company's own network are what a self-hosted product is for, so private addresses are not refused;
 * plain http leaves no machine.
 */
function readEndpoint(text: string, context: Context): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^https?:$/.test(url.protocol))
    return refuse(context, 'It must be a whole URL, such as https://hooks.example.com/patchbay.')
  if (url.username !== '' || url.password !== '') return refuse(context, 'It must hold no user or password.')
  if (url.hash !== '') return refuse(context, 'It must hold no part after a #: that is never sent.')
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    return refuse(context, 'It must begin with https:// (plain http is for this machine only).')
  return url.href
}
