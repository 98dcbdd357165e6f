export type ClientCredentials = { readonly id: string; readonly secret: string }

/**
 * HTTP Basic read raw: id and secret as they stand, not form-decoded (measured on Doorkeeper, providers.md section 8;
 * Envoy's SDK sends it so). Undefined when the header is of another scheme, null when it is Basic and unreadable.
 */
export function readBasic(authorization: string | undefined): ClientCredentials | null | undefined {
  if (authorization === undefined || !/^basic\s/i.test(authorization)) return undefined
  const encoded = /^basic +([A-Za-z0-9+/]+={0,2})\s*$/i.exec(authorization)?.[1]
  if (encoded === undefined) return null
  const decoded = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = decoded.indexOf(':')
  return colon < 0 ? null : { id: decoded.slice(0, colon), secret: decoded.slice(colon + 1) }
}

/** The token of an `Authorization: Bearer` header, scheme in any case; undefined when there is none. */
export function readBearer(authorization: string | undefined): string | undefined {
  return /^bearer +(\S+)\s*$/i.exec(authorization ?? '')?.[1]
}
