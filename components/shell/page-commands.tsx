'use client'

import { useEffect } from 'react'
import type { Command } from './command'
import { offerCommands } from './palette-store'

type Offered = Omit<Command, 'run'> & { run: Exclude<Command['run'], { kind: 'call' }> }

/** Puts a page's own commands ("Reconnect Acme") into the palette for as long as the page is open. Draws nothing. */
export function PageCommands({ commands }: { commands: readonly Offered[] }) {
  useEffect(() => offerCommands(commands), [commands])
  return null
}
