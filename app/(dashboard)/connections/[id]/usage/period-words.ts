import { type UsagePeriod, usagePeriods } from '@/lib/server'

/** A period in the middle of a sentence. */
export const periodWords: Readonly<Record<UsagePeriod, string>> = {
  '24h': 'in the last 24 hours',
  '30d': 'in the last 30 days',
}

/** The period of the address; whatever else stands there is the last 24 hours. */
export function readPeriod(value: string | string[] | undefined): UsagePeriod {
  return usagePeriods.find((period) => period === value) ?? '24h'
}
