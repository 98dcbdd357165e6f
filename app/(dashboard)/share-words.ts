import { groupDigits } from '@/components/data/rate-reading'

/** How many of the renewals that ended have succeeded, in words; a single failure among thousands is not rounded away. */
export function shareWords(succeeded: number, failed: number): string {
  if (failed === 0) return 'All succeeded'
  const share = (100 * succeeded) / (succeeded + failed)
  const percent = succeeded === 0 ? '0' : Math.max(0.1, Math.floor(share * 10) / 10).toFixed(1)
  return `${percent.replace(/\.0$/, '')} % succeeded, ${groupDigits(failed)} failed`
}
