import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { ProductName } from './product-name'

/** A page without rail, for somebody who is not (yet) at home here. */
export function VisitorPage({
  children,
  wide = false,
  footer,
}: {
  children: ReactNode
  wide?: boolean
  footer?: ReactNode
}) {
  return (
    <div className="flex min-h-dvh flex-col items-center px-4 py-8">
      <header className="mt-[max(0px,calc(18vh-6rem))] mb-6">
        <ProductName className="text-lg" />
      </header>
      <main id="main" tabIndex={-1} className={clsx('w-full', wide ? 'max-w-xl' : 'max-w-sm')}>
        {children}
      </main>
      {footer ? <footer className="mt-6 max-w-sm text-center text-ink-muted text-sm">{footer}</footer> : null}
    </div>
  )
}
