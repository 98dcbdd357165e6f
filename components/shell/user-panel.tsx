import type { UserActor } from '@/lib/core/actor'
import { SignOutButton } from './sign-out-button'
import type { Theme } from './theme'
import { ThemeSwitch } from './theme-switch'

const roleWords = { owner: 'Owner', admin: 'Admin', viewer: 'Viewer' } as const

/** Who is signed in, the theme, and the way out. */
export function UserPanel({
  user,
  theme,
}: {
  user: Pick<UserActor, 'name' | 'email' | 'role'>
  theme: Theme
}) {
  return (
    <div className="grid gap-2.5">
      <div className="flex items-center gap-2.5 px-1">
        <span
          aria-hidden="true"
          className="inline-flex size-7 shrink-0 items-center justify-center rounded-full bg-accent-soft font-semibold text-accent text-xs uppercase"
        >
          {initials(user.name)}
        </span>
        <div className="min-w-0 flex-1 leading-tight">
          <p className="truncate font-medium text-sm">{user.name}</p>
          <p className="truncate text-ink-muted text-xs" title={user.email}>
            {roleWords[user.role]}
            {user.name === user.email ? null : ` · ${user.email}`}
          </p>
        </div>
      </div>
      <div className="flex items-center justify-between px-1">
        <ThemeSwitch theme={theme} />
        <SignOutButton />
      </div>
    </div>
  )
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
}
