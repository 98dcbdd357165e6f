import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { freePorts } from '../product/free-ports'
import { type RunningProduct, runProduct } from '../product/run-product'

/** A folder and ports in which the product is started, killed and started again, as a newcomer runs it. */
export async function embeddedPlace() {
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-start-'))
  const port = await freePorts(5)
  const runs: RunningProduct[] = []
  const copies: string[] = []
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    control: `http://127.0.0.1:${port + 4}`,
    run(settings: Record<string, string> = {}): RunningProduct {
      const product = runProduct({ PORT: String(port), DATA_DIR: folder, ...settings }, join(folder, 'log'))
      runs.push(product)
      return product
    },
    /** The embedded PostgreSQL's process and port. */
    async postmaster(): Promise<{ pid: number; port: number }> {
      const lines = (await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')
      return { pid: Number(lines[0]), port: Number(lines[3]) }
    },
    /** Its folder once more, as a backup brings it back; owners and modes are PostgreSQL's to be kept. */
    async copyFolder(): Promise<string> {
      const copy = `${folder}-copy`
      copies.push(copy)
      await promisify(execFile)('cp', ['-a', folder, copy])
      return copy
    },
    async close(): Promise<void> {
      for (const product of runs) await product.stop()
      for (const each of [folder, ...copies]) await rm(each, { recursive: true, force: true })
    },
  }
}

export type EmbeddedPlace = Awaited<ReturnType<typeof embeddedPlace>>

export function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
