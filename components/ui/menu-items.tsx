import { clsx } from 'clsx'
import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'

function itemStyle(danger: boolean): string {
  return clsx(
    'flex w-full items-center gap-2 rounded-md px-2 py-1.5 text-left text-base outline-none [&_svg]:size-4 [&_svg]:shrink-0',
    'aria-disabled:opacity-55',
    danger
      ? 'text-danger hover:bg-danger-soft focus:bg-danger-soft'
      : 'text-ink hover:bg-hover focus:bg-hover [&_svg]:text-ink-faint',
  )
}

/** An item that goes somewhere. */
export function MenuLink({ icon, children, ...rest }: { icon?: ReactNode } & ComponentProps<typeof Link>) {
  return (
    <Link {...rest} role="menuitem" tabIndex={-1} className={itemStyle(false)}>
      {icon}
      {children}
    </Link>
  )
}

/** An item that does something here; `disabledReason` keeps it in the menu, switched off and explained. */
export function MenuButton({
  icon,
  danger = false,
  disabledReason,
  children,
  onClick,
  type = 'button',
  ...rest
}: { icon?: ReactNode; danger?: boolean; disabledReason?: string | null } & ComponentProps<'button'>) {
  const disabled = Boolean(disabledReason)
  return (
    <button
      {...rest}
      type={disabled ? 'button' : type}
      role="menuitem"
      tabIndex={-1}
      aria-disabled={disabled || undefined}
      onClick={disabled ? undefined : onClick}
      className={itemStyle(danger)}
    >
      {icon}
      <span className="min-w-0">
        <span className="block">{children}</span>
        {disabledReason ? <span className="block text-ink-muted text-xs">{disabledReason}</span> : null}
      </span>
    </button>
  )
}

/** An item that sends a form: to a server action, or (as a string) to a URL by POST. */
export function MenuForm({
  action,
  fields = {},
  ...item
}: { action: ComponentProps<'form'>['action']; fields?: Readonly<Record<string, string>> } & ComponentProps<
  typeof MenuButton
>) {
  return (
    <form action={action} method={typeof action === 'string' ? 'post' : undefined} role="none">
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <MenuButton {...item} type="submit" />
    </form>
  )
}

export function MenuSeparator() {
  // biome-ignore lint/a11y/useSemanticElements: an <hr> inside role=menu has no valid meaning
  return <div role="separator" className="my-1 border-line border-t" />
}
