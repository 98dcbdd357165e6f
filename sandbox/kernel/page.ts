import { html, raw } from 'hono/html'
import { PAGE_STYLE } from './page-style'

type Html = ReturnType<typeof html>

export type Page = {
  /** `Outreach`, `Envoy`, `Outstand`, `Control`: pages of the sandbox always say that they are the sandbox's. */
  readonly provider: string
  readonly title: string
  readonly body: Html | string
  /** Who is signed in, shown in the bar. */
  readonly user?: string | undefined
  /** A wide page is for tables; others are one narrow card. */
  readonly wide?: boolean
}

/** Headers of every page: nothing is cached, nothing runs, nothing is loaded, nobody frames it. */
const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
}
const ACCENTS: Readonly<Record<string, string>> = {
  Outreach: '#5951ff',
  Envoy: '#d6453d',
  Outstand: '#0b7a75',
  Control: '#6b5b95',
}

/** An HTML answer in the sandbox's layout. Strings in `html` templates are escaped; a plain string body is too. */
export async function pageResponse(page: Page, status = 200, headers: HeadersInit = {}): Promise<Response> {
  const all = new Headers(headers)
  for (const [name, value] of Object.entries(PAGE_HEADERS)) all.set(name, value)
  return new Response(String(await layout(page)), { status, headers: all })
}

function layout({ provider, title, body, user, wide }: Page): Html {
  const name = `Sandbox ${provider}`
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · ${name}</title>
<link rel="icon" href="data:,">
<style>${raw(PAGE_STYLE)}:root{--accent:${raw(ACCENTS[provider] ?? '#444')}}</style>
</head>
<body>
<header>
<strong><span class="mark" aria-hidden="true">${provider.slice(0, 1)}</span>${name}</strong>
<span class="note">A stand-in on this machine. Nothing here is real.</span>
${user === undefined ? '' : html`<span class="user">Signed in as ${user}</span>`}
</header>
<main class="${wide === true ? 'wide' : 'narrow'}">
<h1>${title}</h1>
${body}
</main>
</body>
</html>`
}
