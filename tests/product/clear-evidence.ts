import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** Before a run: evidence of an earlier one would be searched with this one's. */
export default async function clearEvidence(): Promise<void> {
  await rm(fileURLToPath(new URL('../../.test/evidence', import.meta.url)), { recursive: true, force: true })
}
