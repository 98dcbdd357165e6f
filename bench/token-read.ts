import type { BareReaderOrder } from './bare-reader'
import { makeKey } from './bench-key'
import type { Bench } from './bench-setting'
import { benchWorld } from './bench-world'
import { exactly } from './figure'
import { seedConnections } from './seed-connections'
import { rateFigure } from './side-by-side'
import { webBesideBare } from './web-beside-bare'

const connections = 100_000
/** Design, section 11. */
const target = { percentMin: 70, markToBeat: 12_000 }
const p99Max = 5

/** Token reads a second by 1 and by 2 processes, beside bare servers that read the same row and open the same ciphertext. */
export const tokenRead: Bench = async (setting, tell, say) => {
  const world = await benchWorld(setting, 'http://127.0.0.1:9')
  try {
    const ids = await seedConnections(world, connections, [{ id: world.appId, provider: 'outstand' }])
    const apiKey = await makeKey(world.deps, ['tokens:read'])
    const { DATABASE_URL: databaseUrl, ENCRYPTION_KEYS: masterKey } = world.env
    const order: BareReaderOrder = { databaseUrl, masterKey, apiKey }
    const paths = ids.map((id) => `/api/v1/connections/${id}/token`)
    await webBesideBare(setting, world, { bare: 'bare-reader', order, paths, apiKey }, (processes, found) => {
      const { product, yardstick } = found
      const name = `token reads, ${processes}`
      tell(rateFigure(name, found, target))
      tell({
        name: `${name}: 99th percentile`,
        value: product.p99Ms,
        unit: 'ms',
        yardstick: yardstick.p99Ms,
        ratio: product.p99Ms / yardstick.p99Ms,
        target: `${p99Max} ms at most`,
        ok: product.p99Ms <= p99Max,
      })
      tell(exactly(`${name}: not answered with a token`, product.failed + yardstick.failed, 0, 'requests'))
    })
    say('load, servers and PostgreSQL share this machine')
  } finally {
    await world.close()
  }
}
