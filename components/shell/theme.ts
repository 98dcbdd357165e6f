export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** Read by the server, which writes it on `<html>`: so no page is ever drawn in the wrong theme first. */
export const themeCookie = 'patchbay-theme'

/** Anything but `light` and `dark` follows the system. */
export function parseTheme(value: string | undefined): Theme {
  return value === 'light' || value === 'dark' ? value : 'system'
}
