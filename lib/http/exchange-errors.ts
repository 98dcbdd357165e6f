/** Why an exchange ended without a usable answer; `code` tells them apart beside Node's and undici's own codes. */
export class DeadlinePassed extends Error {
  readonly code = 'PATCHBAY_DEADLINE'
}

export class AnswerTooLarge extends Error {
  readonly code = 'PATCHBAY_TOO_LARGE'
}

export class UnknownEncoding extends Error {
  readonly code = 'PATCHBAY_ENCODING'
}

/** Whoever asked has gone, or broke the body of the request off. */
export class CallerGone extends Error {
  readonly code = 'PATCHBAY_CALLER_GONE'
}
