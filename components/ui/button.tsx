import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'
import { type ButtonSize, type ButtonVariant, buttonStyle } from './button-style'
import { Spinner } from './spinner'

type Look = {
  variant?: ButtonVariant
  size?: ButtonSize
  /** A lucide icon before the label; a spinner stands in for it while pending. */
  icon?: ReactNode
}

/** A button. While `pending` it keeps its label and its focus, shows a spinner and ignores presses. */
export function Button({
  variant,
  size,
  icon,
  pending = false,
  type = 'button',
  className,
  children,
  onClick,
  ...rest
}: Look & { pending?: boolean } & ComponentProps<'button'>) {
  return (
    <button
      {...rest}
      // Of the kind that sends nothing, so that neither a press nor a script can send twice.
      type={pending ? 'button' : type}
      aria-disabled={pending || rest['aria-disabled']}
      aria-busy={pending || undefined}
      onClick={pending ? undefined : onClick}
      className={buttonStyle(variant, size, className)}
    >
      {pending ? <Spinner /> : icon}
      {children}
    </button>
  )
}

/** An anchor that looks like a button: for whatever only goes somewhere. */
export function ButtonLink({
  variant,
  size,
  icon,
  className,
  children,
  ...rest
}: Look & ComponentProps<typeof Link>) {
  return (
    <Link {...rest} className={buttonStyle(variant, size, className)}>
      {icon}
      {children}
    </Link>
  )
}
