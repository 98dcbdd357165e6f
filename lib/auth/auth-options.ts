import type { NextAuthOptions } from 'next-auth'
import CredentialsProvider from 'next-auth/providers/credentials'
import { isPatchbayError } from '../core/errors'
import type { Deps } from '../deps'
import { oidcSignIn } from './oidc-sign-in'
import { closeSession, type SessionOrigin, sessionTtlS } from './sessions'
import { type SignedIn, signIn } from './sign-in'

/**
 * next-auth's configuration for one request. Sessions are JWTs that carry nothing but `sid`; whether that session still
 * lives is looked up in our table by `currentActor`, so it can be ended.
 *
 * @param origin of the request, for the list of sessions and the throttle
 */
export function authOptions(deps: Deps, origin: SessionOrigin): NextAuthOptions {
  const { config, log } = deps
  return {
    secret: config.nextauthSecret.reveal(),
    session: { strategy: 'jwt', maxAge: sessionTtlS },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    useSecureCookies: config.cookieSecure,
    cookies: { sessionToken: sessionCookie(config.cookieSecure) },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        authorize: (credentials) => authorize(deps, credentials, origin),
      }),
      ...oidcProviders(deps),
    ],
    callbacks: {
      async signIn({ account, user, profile }) {
        if (account?.type !== 'oauth') return true
        try {
          Object.assign(user, sessionUser(await oidcSignIn(deps, profile, origin)))
          return true
        } catch (error) {
          return `/sign-in?error=${refusal(deps, error)}`
        }
      },
      jwt: ({ token, user }) => (user && 'sid' in user ? { sid: user.sid } : { sid: token.sid }),
      session: ({ session, token }) => ({ expires: session.expires, sid: token.sid }),
      redirect: ({ url }) => sameOrigin(url, config.appUrl),
    },
    events: {
      async signOut({ token }) {
        if (typeof token?.sid === 'string') await closeSession(deps, token.sid)
      },
    },
    logger: {
      error: (code, metadata) => log.error({ code, err: metadata }, 'sign-in failed'),
      warn: (code) => log.warn({ code }, 'sign-in'),
      debug: () => {},
    },
  }
}

async function authorize(deps: Deps, credentials: unknown, origin: SessionOrigin) {
  try {
    const signedIn = await signIn(deps, credentials, origin)
    return signedIn && sessionUser(signedIn)
  } catch (error) {
    throw new Error(refusal(deps, error))
  }
}

function sessionUser({ userId, sessionId, name, email }: SignedIn) {
  return { id: userId, name, email, sid: sessionId }
}

/** A code for the sign-in page. next-auth puts the message of whatever is thrown on the URL, so an error's own never leaves here. */
function refusal({ log }: Deps, error: unknown): string {
  if (!isPatchbayError(error)) {
    log.error({ err: error }, 'sign-in failed')
    return 'unavailable'
  }
  log.info({ code: error.code, words: error.message }, 'sign-in refused')
  return error.code === 'forbidden' ? 'account_disabled' : error.code
}

/** next-auth gives only its CSRF cookie the `__Host-` prefix by itself. */
function sessionCookie(secure: boolean) {
  const name = `${secure ? '__Host-' : ''}patchbay.session`
  return { name, options: { httpOnly: true, sameSite: 'lax' as const, path: '/', secure } }
}

function oidcProviders({ config: { oidc } }: Deps): NextAuthOptions['providers'] {
  if (!oidc) return []
  return [
    {
      id: 'oidc',
      name: new URL(oidc.issuer).hostname,
      type: 'oauth',
      wellKnown: `${oidc.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
      clientId: oidc.clientId,
      clientSecret: oidc.clientSecret.reveal(),
      authorization: { params: { scope: 'openid email profile' } },
      checks: ['pkce', 'state', 'nonce'],
      idToken: true,
      profile: (claims: { sub: string }) => ({ id: claims.sub }),
    },
  ]
}

function sameOrigin(url: string, appUrl: URL): string {
  if (!URL.canParse(url, appUrl.origin)) return appUrl.origin
  const target = new URL(url, appUrl.origin)
  return target.origin === appUrl.origin ? target.href : appUrl.origin
}
