'use client'

import { createContext } from 'react'

/** Whether the form around has been sent by `PostForm`; React's own `useFormStatus` knows only of actions. */
export const FormPending = createContext(false)
