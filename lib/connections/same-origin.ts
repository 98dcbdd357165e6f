type RequestHeaders = Pick<Headers, 'get'>

/**
 * Whether a form was sent by a page of this site. Browsers say so in `Sec-Fetch-Site`; where that header is missing, `Origin`
 * has to be APP_URL's. (`Origin` is `null` on forms of pages without a referrer, so it is only the second witness.)
 */
export function isSameOrigin(headers: RequestHeaders, appUrl: URL): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin'
  return headers.get('origin') === appUrl.origin
}
