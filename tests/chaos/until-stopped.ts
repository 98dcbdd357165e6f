import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect } from 'vitest'

const run = promisify(execFile)

/** Resolves when a process is stopped by a signal (`T` in `ps`). */
export async function untilStopped(pid: number): Promise<void> {
  const state = async () => (await run('ps', ['-o', 'state=', '-p', String(pid)])).stdout.trim()
  await expect.poll(state).toMatch(/^T/)
}
