/** Copies text; `false` where the browser refuses (no permission, or a page that is neither https nor loopback). */
export async function copyText(text: string): Promise<boolean> {
  if (!navigator.clipboard) return false
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  )
}
