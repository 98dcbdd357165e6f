import { describe, expect, it } from 'vitest'
import { placeBox } from './place-floating'

const viewport = { width: 400, height: 600 }

describe('placeBox', () => {
  it('puts the box below its anchor, aligned to its start', () => {
    const at = placeBox(
      { left: 50, top: 100, width: 80, height: 20 },
      { width: 200, height: 150 },
      viewport,
      'start',
    )
    expect(at).toEqual({ left: 50, top: 126, heightMax: 466 })
  })

  it('goes above when there is no room below', () => {
    const at = placeBox(
      { left: 50, top: 560, width: 80, height: 20 },
      { width: 200, height: 150 },
      viewport,
      'start',
    )
    expect(at.top).toBe(560 - 6 - 150)
  })

  it('stays inside the viewport on both sides', () => {
    const box = { width: 200, height: 50 }
    expect(placeBox({ left: 350, top: 10, width: 40, height: 20 }, box, viewport, 'start').left).toBe(192)
    expect(placeBox({ left: 10, top: 10, width: 40, height: 20 }, box, viewport, 'end').left).toBe(8)
  })

  it('limits a box that fits nowhere to the larger side', () => {
    const at = placeBox(
      { left: 0, top: 380, width: 40, height: 20 },
      { width: 100, height: 900 },
      viewport,
      'center',
    )
    expect(at.heightMax).toBe(380 - 14)
    expect(at.top).toBe(8)
  })
})
