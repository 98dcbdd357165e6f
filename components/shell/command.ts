/** Something the palette can do: go somewhere, send a form to one of our route handlers, or run in the page. */
export type Command = {
  id: string
  label: string
  /** A second line: what or where. */
  hint?: string
  keys?: readonly string[]
  run:
    | { kind: 'go'; href: string }
    | { kind: 'post'; action: string; fields: Readonly<Record<string, string>> }
    | { kind: 'call'; call: () => void }
}

export type CommandGroup = { title: string; commands: readonly Command[] }

/** The commands that fit what was typed: every word must occur in label or hint; groups without any are left out. */
export function filterCommands(groups: readonly CommandGroup[], text: string): CommandGroup[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const fits = (command: Command) => {
    const own = `${command.label} ${command.hint ?? ''}`.toLowerCase()
    return words.every((word) => own.includes(word))
  }
  return groups
    .map((group) => ({ ...group, commands: group.commands.filter(fits) }))
    .filter((group) => group.commands.length > 0)
}
