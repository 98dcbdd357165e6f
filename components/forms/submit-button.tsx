'use client'

import { type ComponentProps, useContext } from 'react'
import { useFormStatus } from 'react-dom'
import { Button } from '../ui/button'
import { FormPending } from './form-pending'

/** The button that sends its form: stays enabled until sent, then keeps its label beside a spinner and sends nothing twice. */
export function SubmitButton({ variant = 'primary', ...rest }: ComponentProps<typeof Button>) {
  const { pending } = useFormStatus()
  const posted = useContext(FormPending)
  return <Button {...rest} variant={variant} type="submit" pending={pending || posted || rest.pending} />
}
