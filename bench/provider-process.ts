import { fork } from 'node:child_process'
import type { FromProvider, ProviderCounts, ProviderSettings, ToProvider } from './provider-messages'

export type BenchProvider = {
  url: string
  set(settings: Partial<ProviderSettings>): void
  counts(): Promise<ProviderCounts>
  /** Called with the connection of each pair given out, before the answer goes. */
  onMint(listener: ((connectionId: string) => void) | null): void
  stop(): void
}

/** @param bundle the bundled bench/provider.ts */
export async function startProvider(
  bundle: string,
  settings: Partial<ProviderSettings> = {},
): Promise<BenchProvider> {
  const child = fork(bundle, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const asked = new Map<number, (counts: ProviderCounts) => void>()
  let listener: ((connectionId: string) => void) | null = null
  let lastId = 0
  const send = (message: ToProvider) => void child.send(message)
  const url = await new Promise<string>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', () => reject(new Error('the provider of the bench ended')))
    child.on('message', (message: FromProvider) => {
      if ('url' in message) resolve(message.url)
      else if ('minted' in message) listener?.(message.minted)
      else asked.get(message.id)?.(message.counts)
    })
  })
  send({ set: settings })
  return {
    url,
    set: (more) => send({ set: more }),
    counts() {
      lastId += 1
      const id = lastId
      return new Promise((resolve) => {
        asked.set(id, resolve)
        send({ id })
      })
    },
    onMint(next) {
      listener = next
    },
    stop: () => void child.kill('SIGKILL'),
  }
}
