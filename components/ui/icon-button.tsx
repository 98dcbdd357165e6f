import { clsx } from 'clsx'
import type { ComponentProps, ReactNode } from 'react'
import { Tooltip } from './tooltip'

/** A square button with an icon; `label` is its name and its tooltip. */
export function IconButton({
  label,
  icon,
  className,
  type = 'button',
  tooltip = true,
  ...rest
}: { label: string; icon: ReactNode; tooltip?: boolean } & Omit<ComponentProps<'button'>, 'children'>) {
  const button = (
    <button {...rest} type={type} aria-label={label} className={clsx(iconButtonStyle, className)}>
      {icon}
    </button>
  )
  return tooltip ? <Tooltip text={label}>{button}</Tooltip> : button
}

export const iconButtonStyle =
  'inline-flex size-7 items-center justify-center rounded-md text-ink-faint transition-colors hover:bg-hover hover:text-ink disabled:opacity-55 [&_svg]:size-4'
