const known: Record<string, string> = {
  CredentialsSignin: 'E-mail or password is wrong.',
  too_many_requests: 'Too many attempts. Wait a few minutes, then try again.',
  account_disabled: 'This account may not sign in here. Ask an owner.',
  SessionRequired: 'Sign in to go on.',
  no_answer: 'Patchbay did not answer. Check your connection and try again.',
}

/** What a sign-in's error code means, in words; the code comes from next-auth or from the URL, so it is only ever looked up. */
export function signInFault(code: string): string {
  return Object.hasOwn(known, code)
    ? (known[code] ?? '')
    : 'Signing in failed. Try again; the log tells more.'
}
