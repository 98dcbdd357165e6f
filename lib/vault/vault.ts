import type { Secret } from '../core/secret'

/** The one place a ciphertext may be opened: its row and field are part of what is authenticated. */
export type SealContext = { table: string; rowId: string; field: string }

export type Vault = {
  /** @returns a ciphertext that names its key: `pb1.<key id>.<base64url>` */
  seal(secret: Secret, context: SealContext): string
  /** @throws PatchbayError `secret_unreadable` when key, row, field or a single bit differ */
  open(sealed: string, context: SealContext): Secret
}
