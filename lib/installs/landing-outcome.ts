import type { ErrorCode } from '../core/errors'

/** Why a landing is refused; the page's words follow from it alone, so that no text of a stranger reaches a page. */
export type LandingRefusal = Extract<
  ErrorCode,
  | 'setup_token_invalid'
  | 'setup_token_foreign'
  | 'not_found'
  | 'invalid_input'
  | 'provider_app_incomplete'
  | 'too_many_requests'
  | 'provider_unreachable'
  | 'provider_refused'
  | 'provider_answer_invalid'
  | 'app_misconfigured'
  | 'connection_suspended'
  | 'forbidden'
  | 'conflict'
>

export type LandingOutcome =
  | { kind: 'connected'; connectionId: string; reference: string }
  | { kind: 'waiting'; reference: string }
  | { kind: 'refused'; code: LandingRefusal; words: string; next: string; retryAt: Date | null }

const again =
  'Open the app’s settings in Outreach and start its set-up again: the link it opens is good for 15 minutes.'
const tellAdmin = 'Tell the person who asked you to install this app.'

const words: Record<LandingRefusal, { words: string; next: string }> = {
  setup_token_invalid: {
    words: 'Outreach does not recognise this set-up link: it was used, has expired, or is not complete.',
    next: again,
  },
  setup_token_foreign: {
    words: 'This set-up link belongs to another app.',
    next: `${again} If it happens again, the app’s set-up address in Outreach is not right. ${tellAdmin}`,
  },
  not_found: {
    words: 'There is no app at this address.',
    next: `The set-up address that is entered in Outreach is not right. ${tellAdmin}`,
  },
  invalid_input: {
    words: 'This address does not say which app was installed.',
    next: `The set-up address that is entered in Outreach has to end with the app’s name. ${tellAdmin}`,
  },
  provider_app_incomplete: {
    words: 'This app is not set up completely yet.',
    next: `${tellAdmin} Its S2S key or GUID is missing.`,
  },
  too_many_requests: {
    words: 'Too many set-up links were opened within a minute.',
    next: 'Wait a minute, then open the same link again.',
  },
  provider_unreachable: {
    words: 'Outreach could not be asked about this set-up link just now.',
    next: 'Reload this page in a minute: the link has not been used up here.',
  },
  provider_refused: {
    words: 'Outreach confirms the set-up link, but gives no access for this installation.',
    next: 'Check in Outreach that the app is still installed, then start its set-up again.',
  },
  provider_answer_invalid: {
    words: 'Outreach’s answer about this set-up link is not one that can be trusted, so nothing was stored.',
    next: tellAdmin,
  },
  app_misconfigured: {
    words: 'Outreach refuses this app’s own key.',
    next: `${tellAdmin} When the key is right again, the same link works while it is younger than 15 minutes.`,
  },
  connection_suspended: {
    words: 'Outreach has locked this organisation.',
    next: 'When it is unlocked, start the app’s set-up again.',
  },
  forbidden: {
    words: 'This installation has been declined by the people who run this app.',
    next: tellAdmin,
  },
  conflict: {
    words: 'This set-up link is being checked right now.',
    next: 'Reload this page in a few seconds.',
  },
}

/** A refused landing with what to say and what to do. */
export function refuseLanding(code: LandingRefusal, retryAt: Date | null = null): LandingOutcome {
  return { kind: 'refused', code, ...words[code], retryAt }
}

/** A stored or linked code as one we know; anything else reads as the plain refusal. */
export function landingRefusal(code: string): LandingRefusal {
  return isRefusal(code) ? code : 'setup_token_invalid'
}

function isRefusal(code: string): code is LandingRefusal {
  return Object.hasOwn(words, code)
}
