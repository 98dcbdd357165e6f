'use client'

import { Search } from 'lucide-react'
import { usePathname, useRouter } from 'next/navigation'
import { useEffect, useRef, useTransition } from 'react'
import { Spinner } from '../ui/spinner'

const pauseMs = 250

/**
 * A search that lives in the URL: it writes `?q=` while one types and works as a plain form without scripts. `/` focuses it. Stands inside a `FilterBar`, which is the search landmark. `keep` are the
 * other parameters of the URL that stay; a new search starts at the first page, so leave the page's key out.
 */
export function SearchField({
  label,
  value,
  keep = {},
  name = 'q',
}: {
  label: string
  value: string
  keep?: Readonly<Record<string, string>>
  name?: string
}) {
  const router = useRouter()
  const pathname = usePathname()
  const field = useRef<HTMLInputElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [pending, start] = useTransition()

  useEffect(() => {
    // A cleared filter elsewhere changes the URL; while the person types here, theirs counts.
    if (field.current && document.activeElement !== field.current) field.current.value = value
  }, [value])
  useEffect(() => () => clearTimeout(timer.current), [])

  const search = (text: string) => {
    clearTimeout(timer.current)
    const parameters = new URLSearchParams(keep)
    if (text.trim()) parameters.set(name, text.trim())
    const query = parameters.toString()
    start(() => router.replace(query ? `${pathname}?${query}` : pathname, { scroll: false }))
  }

  return (
    <form
      className="relative w-full sm:w-64"
      onSubmit={(event) => {
        event.preventDefault()
        search(field.current?.value ?? '')
      }}
    >
      {Object.entries(keep).map(([key, kept]) => (
        <input key={key} type="hidden" name={key} value={kept} />
      ))}
      <span className="pointer-events-none absolute inset-y-0 left-2.5 flex items-center text-ink-faint">
        {pending ? <Spinner /> : <Search aria-hidden="true" className="size-4" />}
      </span>
      <input
        ref={field}
        type="search"
        name={name}
        defaultValue={value}
        aria-label={label}
        placeholder={label}
        data-search-shortcut
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          const text = event.target.value
          clearTimeout(timer.current)
          timer.current = setTimeout(() => search(text), pauseMs)
        }}
        className="h-9 w-full rounded-md border border-field bg-surface pr-2.5 pl-8.5 placeholder:text-ink-faint max-sm:text-lg sm:h-8"
      />
    </form>
  )
}
