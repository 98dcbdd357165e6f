import { readBasic } from '../kernel/basic-auth'
import { type Fields, single } from '../kernel/body'
import { sameText } from '../kernel/tokens'
import type { DoorkeeperClient, DoorkeeperOptions } from './options'

/** Who calls the token endpoint. `both`: credentials in header and body at once, refused since Doorkeeper 5.9.5. */
export type ClientProof =
  | { readonly kind: 'known'; readonly client: DoorkeeperClient }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'none' }
  | { readonly kind: 'both' }

/**
 * Credentials from raw HTTP Basic or from the body, never from the query. The form-encoded Basic of RFC 6749 does not
 * fit where the secret has odd characters, as measured (providers.md section 8).
 */
export function proveClient(
  authorization: string | undefined,
  fields: Fields,
  findClient: DoorkeeperOptions['findClient'],
): ClientProof {
  const basic = readBasic(authorization)
  const id = single(fields, 'client_id')
  const secret = single(fields, 'client_secret')
  if (basic !== undefined && secret !== undefined) return { kind: 'both' }
  if (basic === null) return { kind: 'wrong' }
  if (basic !== undefined) return known(basic.id, basic.secret, findClient)
  if (id === undefined && secret === undefined) return { kind: 'none' }
  return id === undefined || secret === undefined ? { kind: 'wrong' } : known(id, secret, findClient)
}

function known(id: string, secret: string, findClient: DoorkeeperOptions['findClient']): ClientProof {
  const client = findClient(id)
  return client !== undefined && sameText(client.secret, secret)
    ? { kind: 'known', client }
    : { kind: 'wrong' }
}
