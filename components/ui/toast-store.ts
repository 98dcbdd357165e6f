type ToastLink = { href: string; words: string }

export type Toast = {
  id: number
  text: string
  kind: 'done' | 'fault'
  undo: (() => void) | null
  /** Where the person can set it right. */
  link: ToastLink | null
}

const shownMs = 6_000
const shownToActOnMs = 10_000
const toastsMax = 3

let toasts: readonly Toast[] = []
let nextId = 1
let held = false
const listeners = new Set<() => void>()
const timers = new Map<number, ReturnType<typeof setTimeout>>()

function change(next: readonly Toast[]): void {
  toasts = next
  for (const listener of listeners) listener()
}

function plan(toast: Toast): void {
  clearTimeout(timers.get(toast.id))
  if (!held)
    timers.set(
      toast.id,
      setTimeout(() => dismissToast(toast.id), toast.undo || toast.link ? shownToActOnMs : shownMs),
    )
}

/** Confirms what the person just did; for faults that need work, put a `Callout` on the page instead. Browser only. */
export function showToast(
  text: string,
  options: { kind?: Toast['kind']; undo?: () => void; link?: ToastLink | null } = {},
): void {
  const { kind = 'done', undo = null, link = null } = options
  const toast: Toast = { id: nextId, text, kind, undo, link }
  nextId += 1
  change([...toasts, toast].slice(-toastsMax))
  plan(toast)
}

export function dismissToast(id: number): void {
  clearTimeout(timers.get(id))
  timers.delete(id)
  change(toasts.filter((toast) => toast.id !== id))
}

/** Keeps the toasts on the page while they are pointed at or focused. */
export function holdToasts(): void {
  held = true
  for (const timer of timers.values()) clearTimeout(timer)
}

export function resumeToasts(): void {
  held = false
  for (const toast of toasts) plan(toast)
}

export function readToasts(): readonly Toast[] {
  return toasts
}

export function subscribeToToasts(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
