import { z } from 'zod'
import { writeAudit } from '../../audit/write-audit'
import { type Actor, requireRole, type UserActor } from '../../core/actor'
import { isPatchbayError, PatchbayError } from '../../core/errors'
import { presenceOf } from '../../core/presence'
import type { Deps } from '../../deps'
import { parseInput } from '../../rotation/parse-input'
import { proxyCall } from '../proxy/proxy-call'
import { readSome } from './read-some'
import { redactBody } from './redact-body'

const deadlineMs = 30_000
const shownBytesMax = 64 * 1024

const inputSchema = z.object({
  connectionId: z.string().max(64),
  /** Path and query below the provider's API. */
  path: z
    .string()
    .trim()
    .max(2_000)
    .regex(/^\/[!-~]*$/, 'Begin with a slash and write the path as it stands in a URL.'),
})

/** A provider's answer as a page shows it: no secret, no address, not too long. */
export type TriedCall = {
  path: string
  status: number
  durationMs: number
  contentType: string | null
  /** What tells of limits, and ids to ask the provider about. */
  headers: { name: string; value: string }[]
  /** `null`: the answer is not text. */
  body: string | null
  isJson: boolean
  /** Of the body, as far as it was read. */
  bytes: number
  /** The body was longer than what is shown. */
  cut: boolean
}

/**
 * A safe GET of the provider's API with a connection's token, for a person. It goes the way of programs, through limits and all.
 *
 * @throws PatchbayError `forbidden`, `invalid_input`, and what `proxyCall` throws
 */
export async function tryCall(
  deps: Deps,
  actor: Actor,
  input: z.input<typeof inputSchema>,
): Promise<TriedCall> {
  const user = requireRole(actor, 'admin')
  const { connectionId, path } = parseInput(inputSchema, input)
  const connection = await deps.db.connection.findUnique({
    where: { id: connectionId },
    select: { label: true, accountName: true },
  })
  if (!connection) throw new PatchbayError('not_found', 'There is no such connection.')
  let outcome = 'failed'
  try {
    const tried = await callOnce(deps, user, connectionId, path)
    outcome = String(tried.status)
    return tried
  } catch (error) {
    if (isPatchbayError(error)) outcome = error.code
    throw error
  } finally {
    await deps.db.$transaction((tx) =>
      writeAudit(tx, deps, user, {
        action: 'connection.call_tried',
        subject: { kind: 'connection', id: connectionId, name: connection.label ?? connection.accountName },
        // Its query may hold somebody's address.
        detail: { path: splitPath(path).path, answer: outcome },
      }),
    )
  }
}

async function callOnce(
  deps: Deps,
  actor: UserActor,
  connectionId: string,
  path: string,
): Promise<TriedCall> {
  const began = performance.now()
  const signal = AbortSignal.timeout(deadlineMs)
  const answer = await proxyCall(
    deps,
    { kind: 'user', actor },
    {
      connectionId,
      ...splitPath(path),
      method: 'GET',
      headers: new Headers({ accept: 'application/vnd.api+json, application/json;q=0.9, */*;q=0.1' }),
      body: null,
      presence: presenceOf(signal),
      requestId: Buffer.from(deps.random.bytes(8)).toString('hex'),
    },
  )
  const read = await readSome(answer.body, shownBytesMax).catch((error: unknown) => {
    throw new PatchbayError('provider_call_failed', 'The provider’s answer broke off.', {}, { cause: error })
  })
  if (signal.aborted) throw new PatchbayError('provider_timeout', 'The answer took longer than 30 seconds.')
  const contentType = answer.headers.get('content-type')
  const shown = isText(contentType) ? redactBody(read.text, contentType) : null
  return {
    path,
    status: answer.status,
    durationMs: performance.now() - began,
    contentType,
    headers: toldHeaders(answer.headers),
    body: shown?.text ?? null,
    isJson: shown?.isJson ?? false,
    bytes: read.bytes,
    cut: read.cut,
  }
}

function splitPath(text: string): { path: string; search: string } {
  const at = text.indexOf('?')
  return at < 0
    ? { path: text.slice(1), search: '' }
    : { path: text.slice(1, at), search: at === text.length - 1 ? '' : text.slice(at) }
}

function isText(contentType: string | null): boolean {
  return contentType === null || /^text\/|json|xml|javascript|x-www-form-urlencoded/i.test(contentType)
}

const told = /^(?:x-)?rate-?limit|^x-ratelimit|^retry-after$|^x-request-id$|^date$/

function toldHeaders(headers: Headers): TriedCall['headers'] {
  return [...headers].flatMap(([name, value]) =>
    told.test(name) ? [{ name, value: value.slice(0, 200) }] : [],
  )
}
