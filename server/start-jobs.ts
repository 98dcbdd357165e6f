import type { Deps } from '../lib/deps'
import { noticesKey, planNotices } from '../lib/jobs/plan-notices'
import { prune } from '../lib/jobs/prune'
import { startWorker } from '../lib/jobs/start-worker'
import type { TaskHandlers } from '../lib/jobs/tasks'
import { deliverDue } from '../lib/notifications/deliver-due'
import { countWorkers } from '../lib/processes/count-workers'
import { type CallGate, createCallGate } from '../lib/renewal/call-gate'
import { firstUseJob } from '../lib/renewal/first-use-job'
import { createRateProbe } from '../lib/renewal/rate-probe'
import { rotateJob } from '../lib/renewal/rotate-job'
import { sweep } from '../lib/renewal/sweep'
import { regularly } from './regularly'

const sweepEveryMs = 30_000
const shareEveryMs = 10_000
const noticesEveryMs = 5_000
const ratesEveryMs = 60_000
const gateOptions = { callsMax: 50, patienceMs: 5_000 }

/**
 * Carries out jobs in this process, and looks regularly for what the queue does not know of, at once too.
 *
 * @returns `stop`, which may be called twice: takes no more jobs, gives those back that have not begun, and resolves when those
 * that run have ended
 */
export async function startJobs(deps: Deps): Promise<{ stop(): Promise<void> }> {
  const gate = createCallGate(gateOptions)
  const probeRates = createRateProbe(deps)
  const worker = await startWorker(deps, handlersOf(deps, gate))
  const loops = [
    regularly(shareEveryMs, () => safely(deps, 'count the worker processes', () => shareGate(deps, gate))),
    regularly(sweepEveryMs, () => safely(deps, 'sweep', () => sweep(deps))),
    regularly(ratesEveryMs, () => safely(deps, 'ask for rate limits', probeRates)),
    regularly(noticesEveryMs, () => safely(deps, 'look for notifications', () => planNotices(deps))),
  ]
  const end = async () => {
    const ended = Promise.all([worker, ...loops].map((each) => each.stop()))
    gate.close()
    await ended
  }
  let stopped: Promise<void> | undefined
  return {
    stop() {
      stopped ??= end()
      return stopped
    },
  }
}

function handlersOf(deps: Deps, gate: CallGate): TaskHandlers {
  const rotate = ({ connectionId }: { connectionId: string }) => rotateJob(deps, gate, connectionId)
  return {
    'rotate-outreach': rotate,
    'rotate-envoy': rotate,
    'rotate-outstand': rotate,
    'first-use': (payload) => firstUseJob(deps, payload),
    notify: () => notify(deps),
    prune: () => prune(deps),
  }
}

/** Comes back by itself when the next delivery is due. */
async function notify(deps: Deps): Promise<void> {
  const { nextAt } = await deliverDue(deps)
  if (nextAt) await deps.jobs.add('notify', {}, { key: noticesKey, at: nextAt })
}

async function shareGate(deps: Deps, gate: CallGate): Promise<void> {
  gate.setProcesses(await countWorkers(deps))
}

async function safely({ log }: Deps, words: string, work: () => Promise<unknown>): Promise<void> {
  await work().catch((error: unknown) => log.warn({ err: error }, `a worker could not ${words}`))
}
