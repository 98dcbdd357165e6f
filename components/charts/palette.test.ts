import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { callKinds } from '@/lib/core/call-counts'

const css = readFileSync(new URL('../../app/globals.css', import.meta.url), 'utf8')

type Three = readonly [number, number, number]

/** How people see colours (Machado, Oliveira and Fernandes 2009, severity 1), on linear RGB. */
const eyes: Record<string, readonly [Three, Three, Three]> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

function token(name: string, theme: 'light' | 'dark'): Three {
  const [, light = '', dark = ''] =
    css.match(new RegExp(`--${name}: light-dark\\((#[\\da-f]{6}), (#[\\da-f]{6})\\);`)) ?? []
  const hex = theme === 'light' ? light : dark
  const part = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [part(1), part(3), part(5)]
}

const dot = (a: Three, b: Three) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
const luminance = (colour: Three) => dot(colour, [0.2126, 0.7152, 0.0722])

/** A place in OKLab, where distance is difference as seen. */
function seen(colour: Three, [r, g, b]: readonly [Three, Three, Three]): Three {
  const within = (value: number) => Math.min(1, Math.max(0, value))
  const shown: Three = [within(dot(r, colour)), within(dot(g, colour)), within(dot(b, colour))]
  const cones: Three = [
    Math.cbrt(dot([0.4122214708, 0.5363325363, 0.0514459929], shown)),
    Math.cbrt(dot([0.2119034982, 0.6806995451, 0.1073969566], shown)),
    Math.cbrt(dot([0.0883024619, 0.2817188376, 0.6299787005], shown)),
  ]
  return [
    dot([0.2104542553, 0.793617785, -0.0040720468], cones),
    dot([1.9779984951, -2.428592205, 0.4505937099], cones),
    dot([0.0259040371, 0.7827717662, -0.808675766], cones),
  ]
}

const pairs = callKinds.flatMap((a, index) => callKinds.slice(index + 1).map((b) => [a, b] as const))

describe.each(['light', 'dark'] as const)('charts in the %s theme', (theme) => {
  it.each(callKinds)('draw %s with at least 3:1 to the card', (kind) => {
    const [low = 0, high = 0] = [token(`chart-${kind}`, theme), token('surface', theme)]
      .map(luminance)
      .sort((x, y) => x - y)
    expect((high + 0.05) / (low + 0.05)).toBeGreaterThanOrEqual(3)
  })

  it.each(Object.entries(eyes))('tell any two kinds apart for eyes of %s', (_name, eye) => {
    for (const [a, b] of pairs) {
      const [x, y] = [seen(token(`chart-${a}`, theme), eye), seen(token(`chart-${b}`, theme), eye)]
      expect(Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]), `${a} and ${b}`).toBeGreaterThan(0.12)
    }
  })
})
