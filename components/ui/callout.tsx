import { clsx } from 'clsx'
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

export type CalloutKind = 'info' | 'success' | 'warn' | 'error'

const looks = {
  info: { Icon: Info, box: 'border-accent-line bg-accent-soft', icon: 'text-accent', word: 'Note' },
  success: { Icon: CircleCheck, box: 'border-ok-line bg-ok-soft', icon: 'text-ok', word: 'Done' },
  warn: { Icon: TriangleAlert, box: 'border-warn-line bg-warn-soft', icon: 'text-warn', word: 'Warning' },
  error: { Icon: CircleAlert, box: 'border-danger-line bg-danger-soft', icon: 'text-danger', word: 'Error' },
} as const

/**
 * A message that stays on the page: what is so (`title`), what it means (`children`), what helps (`actions`).
 * `announce` for one that appears after the page has loaded: screen readers then read it at once.
 */
export function Callout({
  kind = 'info',
  title,
  children,
  actions,
  announce = false,
  className,
}: {
  kind?: CalloutKind
  title?: ReactNode
  children?: ReactNode
  actions?: ReactNode
  announce?: boolean
  className?: string
}) {
  const { Icon, box, icon, word } = looks[kind]
  return (
    <div
      role={announce ? (kind === 'error' ? 'alert' : 'status') : undefined}
      className={clsx('flex gap-3 rounded-lg border px-3.5 py-3', box, className)}
    >
      <Icon aria-hidden="true" className={clsx('mt-[3px] size-4 shrink-0', icon)} />
      <div className="flex min-w-0 flex-1 flex-wrap items-start justify-between gap-x-6 gap-y-2.5">
        <div className="min-w-0 max-w-[75ch] break-words">
          <span className="sr-only">{word}: </span>
          {title ? <p className="font-medium">{title}</p> : null}
          {children ? <div className={clsx(title ? 'text-ink-muted' : null)}>{children}</div> : null}
        </div>
        {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
      </div>
    </div>
  )
}
