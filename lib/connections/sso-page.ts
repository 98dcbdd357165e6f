import type { OutstandEntry } from './open-in-outstand'

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/**
 * The page that signs an admin in to Outstand: one form that sends itself, with a button for browsers that run no script. It
 * may send a form to that one origin and load nothing; nobody may keep or frame it.
 *
 * @param nonce fresh, in base64
 */
export function ssoPage({ action, accessToken }: OutstandEntry, nonce: string): Response {
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Open in Outstand</title>
<style nonce="${nonce}">body{font:16px/1.5 system-ui,sans-serif;color-scheme:light dark;display:grid;place-content:center;min-height:90vh;text-align:center}button{font:inherit;padding:.5rem 1rem}</style>
</head>
<body>
<main>
<h1>Opening Outstand</h1>
<form id="sso" method="post" action="${escapeHtml(action.href)}">
<input type="hidden" name="access_token" value="${escapeHtml(accessToken.reveal())}">
<button type="submit">Go on to ${escapeHtml(action.host)}</button>
</form>
</main>
<script nonce="${nonce}">document.getElementById('sso').requestSubmit()</script>
</body>
</html>
`
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    `form-action ${action.origin}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ]
  return new Response(html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': policy.join('; '),
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
  })
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => escapes[character] ?? '')
}
