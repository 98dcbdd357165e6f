import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('../../app/globals.css', import.meta.url), 'utf8')
const pairs = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[\da-f]{6}), (#[\da-f]{6})\);/g)].map(
    ([, name, light, dark]) => [name, { light: light ?? '', dark: dark ?? '' }],
  ),
)

function colour(name: string, theme: 'light' | 'dark'): string {
  const pair = pairs.get(name)
  if (!pair) throw new Error(`no token --${name}`)
  return pair[theme]
}

/** Relative luminance (WCAG 2.2, 1.4.3). */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

const backgrounds = ['canvas', 'surface', 'sunken', 'raised', 'hover']
const tones = ['accent', 'ok', 'warn', 'danger']
const text: [string, string][] = [
  ...['ink', 'ink-muted', 'ink-faint', ...tones].flatMap((ink) =>
    backgrounds.map((ground): [string, string] => [ink, ground]),
  ),
  ...tones.flatMap((tone): [string, string][] => [
    [tone, `${tone}-soft`],
    ['ink', `${tone}-soft`],
    ['ink-muted', `${tone}-soft`],
  ]),
  ['ink-inverse', 'solid'],
  ['ink-inverse', 'solid-hover'],
]

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  it.each(text)('writes %s on %s with at least 4.5:1', (ink, ground) => {
    expect(contrast(colour(ink, theme), colour(ground, theme))).toBeGreaterThanOrEqual(4.5)
  })

  it.each(['danger-solid', 'danger-solid-hover'])('writes white on %s with at least 4.5:1', (ground) => {
    expect(contrast('#ffffff', colour(ground, theme))).toBeGreaterThanOrEqual(4.5)
  })

  it.each(['canvas', 'surface', 'raised'])('draws the edge of a field on %s with at least 3:1', (ground) => {
    expect(contrast(colour('field', theme), colour(ground, theme))).toBeGreaterThanOrEqual(3)
  })
})
