/** A rectangle in viewport pixels. */
type Box = { left: number; top: number; width: number; height: number }
export type Align = 'start' | 'end' | 'center'

const gapPx = 6
const edgePx = 8

/**
 * Where a floating box goes beside its anchor: below where it fits, else above where there is more room; never over the edge of
 * the viewport.
 *
 * @returns left and top in pixels, and the height there is for it
 */
export function placeBox(
  anchor: Box,
  floating: { width: number; height: number },
  viewport: { width: number; height: number },
  align: Align,
): { left: number; top: number; heightMax: number } {
  const below = viewport.height - (anchor.top + anchor.height) - gapPx - edgePx
  const above = anchor.top - gapPx - edgePx
  const goesBelow = floating.height <= below || below >= above
  const heightMax = Math.max(0, goesBelow ? below : above)
  const height = Math.min(floating.height, heightMax)
  const top = goesBelow ? anchor.top + anchor.height + gapPx : anchor.top - gapPx - height
  const wanted = {
    start: anchor.left,
    end: anchor.left + anchor.width - floating.width,
    center: anchor.left + (anchor.width - floating.width) / 2,
  }[align]
  const left = Math.max(edgePx, Math.min(wanted, viewport.width - floating.width - edgePx))
  return { left: Math.round(left), top: Math.round(top), heightMax: Math.floor(heightMax) }
}

/**
 * Places an open popover beside its anchor and keeps it there while the page scrolls or is resized.
 *
 * @returns what ends the watching
 */
export function followAnchor(anchor: Element, floating: HTMLElement, align: Align): () => void {
  const place = () => {
    floating.style.maxHeight = ''
    const { left, top, heightMax } = placeBox(
      anchor.getBoundingClientRect(),
      { width: floating.offsetWidth, height: floating.offsetHeight },
      { width: document.documentElement.clientWidth, height: window.innerHeight },
      align,
    )
    Object.assign(floating.style, {
      position: 'fixed',
      inset: 'auto',
      margin: '0',
      left: `${left}px`,
      top: `${top}px`,
      maxHeight: `${heightMax}px`,
    })
  }
  place()
  window.addEventListener('scroll', place, { capture: true, passive: true })
  window.addEventListener('resize', place, { passive: true })
  return () => {
    window.removeEventListener('scroll', place, { capture: true })
    window.removeEventListener('resize', place)
  }
}
