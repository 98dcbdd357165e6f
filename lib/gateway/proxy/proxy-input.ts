import type { KeyHolder } from '../../api-keys/key-holder'
import type { UserActor } from '../../core/actor'
import type { Presence } from '../../core/presence'
import type { BodySource } from './request-body'

/** Who calls: a program with its key, or a person who tries a call. */
export type ProxyCaller = { kind: 'key'; key: KeyHolder } | { kind: 'user'; actor: UserActor }

export type ProxyInput = {
  connectionId: string
  /** Below the provider's base URL, without the leading slash, percent-encoded as it was sent. */
  path: string
  /** Query with its `?`, as it was sent; empty without one. */
  search: string
  method: string
  headers: Headers
  /** Unread; `null`: there is none. */
  body: BodySource | null
  /** Of whoever waits for the answer. */
  presence: Presence
  /** Stands in the answer and in the log. */
  requestId: string
  /**
   * Cuts the caller's connection, where the caller's side can: told in place of an error of the answer's body when the provider
   * breaks it off, so that a part never looks whole.
   */
  cut?(): void
}
