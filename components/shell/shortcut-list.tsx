'use client'

import { Kbd } from '../ui/kbd'
import { areas } from './areas'

const shortcuts: readonly (readonly [what: string, keys: readonly string[]])[] = [
  ['Find or do', ['Ctrl/⌘', 'K']],
  ['Search this page’s list', ['/']],
  ['Undo what a message offers to undo', ['Ctrl/⌘', 'Z']],
  ...areas.map((area) => [`Go to ${area.label}`, ['G', area.key.toUpperCase()]] as const),
  ['This list', ['?']],
]

/** All shortcuts; none of them fires while one types, but for the palette's. */
export function ShortcutList() {
  return (
    <div className="overflow-y-auto p-5">
      <h2 className="font-semibold text-lg">Keyboard shortcuts</h2>
      <dl className="mt-3 grid gap-1">
        {shortcuts.map(([what, keys]) => (
          <div key={what} className="flex items-center justify-between gap-4 py-1">
            <dt>{what}</dt>
            <dd className="flex gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
