'use client'

import './globals.css'

/** Only for a fault of the root layout itself, so it brings its own document and nothing that could fail in turn. */
export default function GlobalError({ error }: { error: unknown }) {
  const digest =
    error instanceof Error && 'digest' in error && typeof error.digest === 'string' ? error.digest : null
  return (
    <html lang="en">
      <body>
        <title>Patchbay is not available</title>
        <main className="mx-auto grid max-w-xl gap-4 px-4 py-16">
          <h1 className="font-semibold text-xl">Patchbay is not available</h1>
          <p className="text-ink-muted">
            The server could not make this page. It may be starting, or its database may be out of reach.
            Reload in a moment.
          </p>
          {digest ? (
            <p>
              Error id <code className="font-mono">{digest}</code>
            </p>
          ) : null}
          <p>
            <a href="/" className="text-accent underline underline-offset-4">
              Reload
            </a>
          </p>
        </main>
      </body>
    </html>
  )
}
