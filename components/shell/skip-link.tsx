/** The first thing Tab reaches: over the rail, to the page itself. */
export function SkipLink() {
  return (
    <a
      href="#main"
      className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-solid px-3 py-2 font-medium text-ink-inverse focus:translate-y-0"
    >
      Skip to content
    </a>
  )
}
