import { LRUCache } from 'lru-cache'

/** How long an answer stands for those who ask after it. */
const keptMs = 5_000
const entriesMax = 1_000

/** Questions to providers that many ask at once. */
export type SharedProbes = {
  /** The answer of the question that runs or was answered in the last five seconds, else what `ask` finds. A failure is not kept. */
  share(key: string, ask: () => Promise<boolean>): Promise<boolean>
}

export function createSharedProbes(): SharedProbes {
  const asked = new LRUCache<string, Promise<boolean>>({ max: entriesMax, ttl: keptMs })
  return {
    share(key, ask) {
      const known = asked.get(key)
      if (known) return known
      const answer = ask()
      asked.set(key, answer)
      answer.catch(() => {
        if (asked.peek(key) === answer) asked.delete(key)
      })
      return answer
    },
  }
}
