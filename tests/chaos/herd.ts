import { type ChaosProcess, runProcess } from './run-process'
import { runWorker, type WorkerProcess } from './run-worker'

/** Bundled entries of the product, and the project's folder. */
export type HerdBundles = { root: string; process: string; product: string }

/** Processes of the product that were started together and end together. */
export type Herd = {
  /** A process to order about. @param more variables beside those of the herd */
  start(more?: Record<string, string>): Promise<ChaosProcess>
  /** The whole product with the role `worker`. */
  startWorker(): Promise<WorkerProcess>
  /** Kills what still runs; resolves when all are gone. */
  end(): Promise<void>
}

/** @param env database and keys, for each process */
export function createHerd(bundles: HerdBundles, env: Record<string, string>): Herd {
  const processes: Pick<ChaosProcess, 'signal' | 'exited'>[] = []

  async function kept<Started extends (typeof processes)[number]>(
    started: Promise<Started>,
  ): Promise<Started> {
    const one = await started
    processes.push(one)
    return one
  }

  return {
    start: (more = {}) => kept(runProcess(bundles.process, { ...env, ...more })),
    startWorker: () => kept(runWorker(bundles.product, bundles.root, env)),
    async end() {
      for (const { signal } of processes) signal('SIGKILL')
      await Promise.all(processes.map(({ exited }) => exited))
    },
  }
}
