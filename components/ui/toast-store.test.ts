import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { dismissToast, holdToasts, readToasts, resumeToasts, showToast } from './toast-store'

const texts = () => readToasts().map(({ text }) => text)

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  for (const toast of readToasts()) dismissToast(toast.id)
  vi.useRealTimers()
})

it('shows the three newest', () => {
  for (const text of ['a', 'b', 'c', 'd']) showToast(text)
  expect(texts()).toEqual(['b', 'c', 'd'])
})

it('takes a toast away after some seconds, one with Undo later', () => {
  showToast('plain')
  showToast('undoable', { undo: () => {} })
  vi.advanceTimersByTime(6_000)
  expect(texts()).toEqual(['undoable'])
  vi.advanceTimersByTime(4_000)
  expect(texts()).toEqual([])
})

it('keeps toasts for as long as they are pointed at', () => {
  showToast('read me')
  holdToasts()
  showToast('me too')
  vi.advanceTimersByTime(60_000)
  expect(texts()).toEqual(['read me', 'me too'])
  resumeToasts()
  vi.advanceTimersByTime(6_000)
  expect(texts()).toEqual([])
})
