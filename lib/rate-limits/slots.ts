import type { BucketRules } from './bucket-rules'

/** Number of the slot since 1970 → permits taken in it. */
export type Slots = Readonly<Record<string, number>>

type SlotRules = Pick<BucketRules, 'slotMs' | 'graceMs' | 'windowMs'>

export function slotAt({ slotMs }: Pick<SlotRules, 'slotMs'>, ms: number): number {
  return Math.floor(ms / slotMs)
}

/** When a slot's permits count no longer. */
export function lapsesAtMs({ slotMs, graceMs, windowMs }: SlotRules, slot: number): number {
  return (slot + 1) * slotMs + graceMs + windowMs
}

/** The oldest slot that counts at an instant. */
export function oldestSlot({ slotMs, graceMs, windowMs }: SlotRules, ms: number): number {
  return Math.floor((ms - graceMs - windowMs) / slotMs)
}

/** Slots beyond it come from a process whose clock was wrong, and count nothing. */
export function newestSlot({ slotMs, windowMs }: SlotRules, ms: number): number {
  return Math.floor((ms + windowMs) / slotMs)
}

/** What counts at an instant, the oldest slot first. */
export function countedSlots(rules: SlotRules, slots: Slots, ms: number): { slot: number; taken: number }[] {
  const [oldest, newest] = [oldestSlot(rules, ms), newestSlot(rules, ms)]
  return Object.entries(slots)
    .map(([slot, taken]) => ({ slot: Number(slot), taken }))
    .filter(({ slot, taken }) => slot >= oldest && slot <= newest && taken > 0)
    .sort((a, b) => a.slot - b.slot)
}

export function usedOf(rules: SlotRules, slots: Slots, ms: number): number {
  return countedSlots(rules, slots, ms).reduce((sum, { taken }) => sum + taken, 0)
}

/** When the last of what counts at an instant will have lapsed; `null` when nothing counts. */
export function allLapsedAtMs(rules: SlotRules, slots: Slots, ms: number): number | null {
  const newest = countedSlots(rules, slots, ms).at(-1)
  return newest ? lapsesAtMs(rules, newest.slot) : null
}

/**
 * The earliest instant, epoch milliseconds, from which one more call fits under the limit, if nobody else calls meanwhile; `null`
 * when the limit is so small that none ever does.
 */
export function freeAtMs(
  rules: SlotRules & Pick<BucketRules, 'limit' | 'reserve'>,
  slots: Slots,
  ms: number,
): number | null {
  if (rules.limit === null) return ms
  const most = rules.limit - rules.reserve - 1
  if (most < 0) return null
  const counted = countedSlots(rules, slots, ms)
  let used = counted.reduce((sum, { taken }) => sum + taken, 0)
  if (used <= most) return ms
  for (const { slot, taken } of counted) {
    used -= taken
    if (used <= most) return lapsesAtMs(rules, slot)
  }
  return null
}
