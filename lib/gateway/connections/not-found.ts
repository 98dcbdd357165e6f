import { PatchbayError } from '../../core/errors'

/** The same words for what does not exist and what the key does not reach: a key learns nothing of others. */
export function noSuchConnection(): PatchbayError {
  return new PatchbayError('not_found', 'There is no such connection, or this key does not reach it.')
}

/** Whether a text may be an id at all; whatever else stands in a path is not worth asking the database for. */
export function isConnectionId(text: string): boolean {
  return /^con_[0-9a-z]{26}$/.test(text)
}
