import { FormData, Response } from 'undici'
import type { OutboundRequest } from './http-client'

export type EncodedBody = { bytes: Uint8Array; headers: Readonly<Record<string, string>> }

/** Writes a request body in full, so that its length is known and it goes out in one piece. */
export async function encodeBody(body: OutboundRequest['body']): Promise<EncodedBody | null> {
  if (body === undefined) return null
  if ('form' in body) return encoded(body.form.toString(), 'application/x-www-form-urlencoded')
  if ('text' in body) return encoded(body.text, body.type)
  if ('json' in body) return encoded(JSON.stringify(body.json), 'application/json')
  const form = new FormData()
  for (const [name, value] of Object.entries(body.multipart)) form.append(name, value)
  const written = new Response(form)
  const type = written.headers.get('content-type') ?? 'multipart/form-data'
  return { bytes: new Uint8Array(await written.arrayBuffer()), headers: { 'content-type': type } }
}

function encoded(text: string, type: string): EncodedBody {
  return { bytes: new TextEncoder().encode(text), headers: { 'content-type': type } }
}
