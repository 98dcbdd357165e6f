import { type Found, inspect, lostAnswers, recover, rotateAll } from './aftermath'
import type { Bench } from './bench-setting'
import { benchWorld } from './bench-world'
import { exactly } from './figure'
import { startProvider } from './provider-process'
import { answerMs, killAll, momentOf } from './torture'

const kills = 100
/** Connections that are well and renewed meanwhile: a provider that refuses all it is asked is not believed. */
const others = 200

/** Kills a hundred processes in mid-rotation, and lets another find out what became of the grants. */
export const kill: Bench = async (setting, tell, say) => {
  for (const revocation of ['first_use', 'immediate'] as const) {
    const provider = await startProvider(setting.providerBundle, { delayMs: answerMs, revocation })
    const world = await benchWorld(setting, provider.url)
    try {
      const well = await world.seed(others, () => new Date(), 600_000)
      const ids = await world.seed(kills, () => new Date(), 600_000)
      const plan = ids.map((id, index) => ({ id, moment: momentOf(index) }))
      await killAll(world, provider, plan)
      const lost = await lostAnswers(world, provider)
      const heir = await world.start()
      await rotateAll(heir, well)
      await recover(world, heir, ids)
      const look = () => Promise.all(ids.map((id) => inspect(world, provider, id)))
      const found = await look()
      const name = `${kills} kills, revocation ${revocation === 'first_use' ? 'deferred' : 'immediate'}`
      const none = (words: string, test: (one: Found) => boolean, among = found) =>
        tell(exactly(`${name}: ${words}`, among.filter(test).length, 0, 'grants'))

      none('healthy and dead', ({ status, lives }) => status === 'healthy' && !lives)
      none('asked for a reconnect', ({ status }) => status === 'needs_reconnect')
      none('lost without a lost answer', ({ id, lives }) => !lost.has(id) && !lives)
      if (revocation === 'first_use') {
        none('lost', ({ status, lives }) => status !== 'healthy' || !lives)
        await rotateAll(heir, ids)
        none(
          'that cannot be renewed again',
          ({ status, lives }) => status !== 'healthy' || !lives,
          await look(),
        )
      } else {
        const uncertain = found.filter(({ id, status }) => lost.has(id) && status === 'uncertain').length
        tell(exactly(`${name}: lost answers shown as uncertain`, uncertain, lost.size, 'grants'))
      }
      say(`${lost.size} answers were lost; killed at ${countsOf(plan.map(({ moment }) => moment))}`)
    } finally {
      await world.close()
      provider.stop()
    }
  }
}

function countsOf(words: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].map(([word, count]) => `${count} ${word}`).join(', ')
}
