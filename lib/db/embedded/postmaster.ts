import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { runTool } from './run-tool'

/** The server process that a cluster's postmaster.pid names. */
export type Postmaster = { pid: number; port: number }

/** @returns what postmaster.pid says, `null` when there is none or it is still being written */
export async function readPostmaster(cluster: string): Promise<Postmaster | null> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')
  const lines = text.split('\n')
  const [pid, port] = [Number(lines[0]), Number(lines[3])]
  return pid > 0 && port > 0 ? { pid, port } : null
}

/** A killed process that nobody has waited for, as in a container whose first process is no init. */
const zombie = /\) Z /

/** Whether that process lives and is PostgreSQL: after a reboot its number may be another program's. */
export async function isRunning({ pid }: Postmaster): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => commandOf(pid))
  return /postgres/.test(stat) && !zombie.test(stat)
}

/** A left-over postmaster.pid whose number is now another program's would stop every start. */
export async function dropStalePidFile(cluster: string): Promise<void> {
  const postmaster = await readPostmaster(cluster)
  if (postmaster && !(await isRunning(postmaster))) await rm(join(cluster, 'postmaster.pid'), { force: true })
}

async function commandOf(pid: number): Promise<string> {
  return (await runTool('/bin/ps', ['-p', String(pid), '-o', 'comm='], null)).output
}
