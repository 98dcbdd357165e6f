'use client'

import { Monitor, Moon, Sun } from 'lucide-react'
import { useId, useState } from 'react'
import { type Theme, themeCookie, themes } from './theme'

const looks = {
  system: { Icon: Monitor, word: 'As the system' },
  light: { Icon: Sun, word: 'Light' },
  dark: { Icon: Moon, word: 'Dark' },
} as const
const yearS = 31_536_000

/** Three choices: system, light, dark. It is kept in a cookie for the server's next page and shown at once on this one. */
export function ThemeSwitch({ theme }: { theme: Theme }) {
  // The rail and the top bar each have one.
  const id = useId()
  const [chosen, setChosen] = useState(theme)
  const choose = (next: Theme) => {
    setChosen(next)
    document.documentElement.dataset.theme = next
    const secure = location.protocol === 'https:' ? '; Secure' : ''
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
    document.cookie = `${themeCookie}=${next}; Path=/; Max-Age=${yearS}; SameSite=Lax${secure}`
  }
  return (
    <fieldset className="inline-flex rounded-md border border-line bg-sunken p-0.5">
      <legend className="sr-only">Theme</legend>
      {themes.map((name) => {
        const { Icon, word } = looks[name]
        return (
          <label
            key={name}
            title={word}
            className="inline-flex size-6 items-center justify-center rounded text-ink-faint hover:text-ink has-checked:bg-surface has-checked:text-ink has-checked:shadow-card has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={id}
              value={name}
              checked={chosen === name}
              onChange={() => choose(name)}
              className="sr-only"
            />
            <Icon aria-hidden="true" className="size-3.5" />
            <span className="sr-only">{word}</span>
          </label>
        )
      })}
    </fieldset>
  )
}
