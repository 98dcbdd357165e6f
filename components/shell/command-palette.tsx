'use client'

import { type KeyboardEvent, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { Kbd } from '../ui/kbd'
import { areas, places } from './areas'
import { type Command, type CommandGroup, filterCommands } from './command'
import { type PaletteView, readPageCommands, showPalette, subscribeToPalette } from './palette-store'
import { ShortcutList } from './shortcut-list'
import { useCommandRunner } from './use-command-runner'

const goTo: CommandGroup = {
  title: 'Go to',
  commands: [
    ...areas.map(
      (area): Command => ({
        id: `go-${area.icon}`,
        label: area.label,
        keys: ['G', area.key.toUpperCase()],
        run: { kind: 'go', href: area.href },
      }),
    ),
    ...places.map(
      ({ href, label, area }): Command => ({
        id: `go${href.replaceAll('/', '-')}`,
        label,
        hint: area,
        run: { kind: 'go', href },
      }),
    ),
  ],
}
const help: CommandGroup = {
  title: 'Help',
  commands: [
    {
      id: 'shortcuts',
      label: 'Keyboard shortcuts',
      keys: ['?'],
      run: { kind: 'call', call: () => showPalette('shortcuts') },
    },
  ],
}

/** The palette (WAI-ARIA combobox with a list): type, arrows, Enter; Escape closes, and focus returns. */
export function CommandPalette({ view }: { view: PaletteView }) {
  const box = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = box.current
    if (!dialog || (view !== null) === dialog.open) return
    if (view === null) dialog.close()
    else dialog.showModal()
  }, [view])

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes the dialog; the press on the backdrop is the mouse's way
    <dialog
      ref={box}
      aria-label={view === 'shortcuts' ? 'Keyboard shortcuts' : 'Commands'}
      onClose={() => showPalette(null)}
      onClick={(event) => {
        if (event.target === box.current) box.current?.close()
      }}
      className="mx-auto mt-[12vh] mb-auto max-h-[min(32rem,76dvh)] w-[calc(100vw-2rem)] max-w-xl overflow-hidden rounded-xl border border-line-strong bg-raised shadow-raised"
    >
      {view === 'commands' ? <CommandList /> : null}
      {view === 'shortcuts' ? <ShortcutList /> : null}
    </dialog>
  )
}

function CommandList() {
  const run = useCommandRunner()
  const own = useSyncExternalStore(subscribeToPalette, readPageCommands, readPageCommands)
  const list = useRef<HTMLDivElement>(null)
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)

  const groups = useMemo(() => {
    const wanted = text.trim()
    const found = filterCommands([{ title: 'This page', commands: own }, goTo, help], wanted)
    return wanted ? [...found, { title: 'Find', commands: [findConnections(wanted)] }] : found
  }, [text, own])
  const commands = groups.flatMap((group) => group.commands)
  const chosen = commands[Math.min(active, commands.length - 1)]

  useEffect(() => {
    if (chosen)
      list.current?.querySelector(`#command-${CSS.escape(chosen.id)}`)?.scrollIntoView({ block: 'nearest' })
  }, [chosen])

  const move = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && chosen) {
      event.preventDefault()
      return run(chosen)
    }
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }
    const step = steps[event.key]
    if (step === undefined || commands.length === 0) return
    event.preventDefault()
    setActive(
      (present) => (Math.min(present, commands.length - 1) + step + commands.length) % commands.length,
    )
  }

  return (
    <div className="flex max-h-[inherit] flex-col">
      <input
        // biome-ignore lint/a11y/noAutofocus: a dialog that was opened to type in
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls="command-list"
        aria-activedescendant={chosen ? `command-${chosen.id}` : undefined}
        aria-autocomplete="list"
        aria-label="Find or do"
        placeholder="Find or do…"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setActive(0)
        }}
        onKeyDown={move}
        className="h-12 w-full shrink-0 border-line border-b bg-transparent px-4 text-lg outline-none placeholder:text-ink-faint"
      />
      <div ref={list} id="command-list" role="listbox" aria-label="Commands" className="overflow-y-auto p-2">
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options inside a listbox (WAI-ARIA listbox), not of fields
          <div key={group.title} role="group" aria-label={group.title}>
            <p aria-hidden="true" className="px-2 pt-2 pb-1 text-ink-faint text-xs">
              {group.title}
            </p>
            {group.commands.map((command) => (
              <CommandOption key={command.id} command={command} selected={command === chosen} run={run} />
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}

function CommandOption({
  command,
  selected,
  run,
}: {
  command: Command
  selected: boolean
  run: (command: Command) => void
}) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above has the keys (aria-activedescendant)
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the combobox
    <div
      id={`command-${command.id}`}
      role="option"
      aria-selected={selected}
      onClick={() => run(command)}
      className="flex cursor-pointer items-center gap-3 rounded-md px-2 py-2 hover:bg-hover aria-selected:bg-hover"
    >
      <span className="min-w-0 flex-1 truncate">
        {command.label}
        {command.hint ? <span className="text-ink-muted"> · {command.hint}</span> : null}
      </span>
      {command.keys ? (
        <span aria-hidden="true" className="flex gap-1">
          {command.keys.map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
        </span>
      ) : null}
    </div>
  )
}

function findConnections(text: string): Command {
  return {
    id: 'find-connections',
    label: `Find connections: ${text}`,
    run: { kind: 'go', href: `/connections?${new URLSearchParams({ q: text })}` },
  }
}
