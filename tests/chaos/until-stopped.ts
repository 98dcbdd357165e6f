import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, vi } from 'vitest'

const run = promisify(execFile)

/** Resolves when a process is stopped by a signal (`T` in `ps`). */
export async function untilStopped(pid: number): Promise<void> {
  await vi.waitFor(
    async () => {
      const { stdout } = await run('ps', ['-o', 'state=', '-p', String(pid)])
      expect(stdout.trim()).toMatch(/^T/)
    },
    { timeout: 15_000, interval: 50 },
  )
}
