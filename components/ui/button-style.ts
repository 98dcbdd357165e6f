import { clsx } from 'clsx'

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger' | 'danger-quiet' | 'link'
export type ButtonSize = 'sm' | 'md' | 'lg'

const variants: Record<ButtonVariant, string> = {
  primary: 'bg-solid text-ink-inverse hover:bg-solid-hover',
  secondary: 'border border-line-strong bg-surface text-ink shadow-card hover:bg-hover',
  ghost: 'text-ink-muted hover:bg-hover hover:text-ink',
  danger: 'bg-danger-solid text-white hover:bg-danger-solid-hover',
  'danger-quiet': 'border border-line-strong bg-surface text-danger shadow-card hover:bg-danger-soft',
  link: 'text-accent underline-offset-4 hover:underline',
}

const sizes: Record<ButtonSize, string> = {
  sm: 'h-7 gap-1.5 rounded-md px-2.5 text-sm',
  md: 'h-8 gap-2 rounded-md px-3 text-base',
  lg: 'h-10 gap-2 rounded-lg px-4 text-base',
}

/** The classes of a button, for anchors and buttons alike; the link variant has no box and takes its line's height. */
export function buttonStyle(
  variant: ButtonVariant = 'secondary',
  size: ButtonSize = 'md',
  className?: string,
): string {
  return clsx(
    'inline-flex select-none items-center justify-center whitespace-nowrap font-medium transition-colors',
    'disabled:opacity-55 aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0',
    variants[variant],
    variant === 'link' ? 'gap-1 rounded-sm' : sizes[size],
    className,
  )
}
