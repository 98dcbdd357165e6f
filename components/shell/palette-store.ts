import type { Command } from './command'

export type PaletteView = 'commands' | 'shortcuts' | null

let view: PaletteView = null
let pageCommands: readonly Command[] = []
const listeners = new Set<() => void>()

function tell(): void {
  for (const listener of listeners) listener()
}

/** Opens the palette or its list of shortcuts, or closes it. Browser only. */
export function showPalette(next: PaletteView): void {
  view = next
  tell()
}

export function readPalette(): PaletteView {
  return view
}

/** What can be done with the record the open page shows. @returns what takes them back */
export function offerCommands(commands: readonly Command[]): () => void {
  pageCommands = commands
  tell()
  return () => {
    if (pageCommands === commands) pageCommands = []
    tell()
  }
}

export function readPageCommands(): readonly Command[] {
  return pageCommands
}

export function subscribeToPalette(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
