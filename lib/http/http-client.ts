/** What one outbound call is; there is no other way out of the process. */
export type OutboundRequest = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD'
  url: URL
  /** What the log shows instead of the URL's path, where a segment is a secret or an id: `/installs/{setupToken}`. */
  pathTemplate?: string
  /** The only origins this call may reach; the URL's own origin must be among them. */
  allowedOrigins: readonly string[]
  headers?: Readonly<Record<string, string>>
  /** `URLSearchParams` goes as a form, `FormData` as multipart, an object under `json` as JSON; `text` letter by letter: it is signed. */
  body?:
    | { form: URLSearchParams }
    | { multipart: Readonly<Record<string, string>> }
    | { json: unknown }
    | { text: string; type: string }
  /** From now to the last byte of the answer, in milliseconds. */
  timeoutMs: number
  /** Bytes of the answer's body; default 1 MiB. */
  bytesMax?: number
  /** Rides in the log line beside host, path and status. */
  purpose: string
}

export type OutboundAnswer = {
  kind: 'answer'
  status: number
  headers: Headers
  /** The body as text; JSON is parsed by who asked, with a schema. */
  text: string
  durationMs: number
}

export type NoAnswer = {
  kind: 'no_answer'
  reason: 'timeout' | 'network' | 'too_large' | 'host_not_allowed'
  /** Whether the request may have reached the provider: then its effect is unknown. */
  maybeSent: boolean
  words: string
}

/** Never rejects for what the network or the provider did; follows no redirect and retries nothing. */
export type HttpClient = { send(request: OutboundRequest): Promise<OutboundAnswer | NoAnswer> }
