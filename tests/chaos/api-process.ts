import { loadConfig } from '../../lib/config/load-config'
import { createApi } from '../../lib/gateway/answer-api'
import { createRuntime } from '../../lib/runtime/create-runtime'
import { createLogger } from '../../lib/telemetry/logger'
import { openWeb } from '../../server/open-web'

/** What the process tells: its port once, then its memory each time it is asked. */
export type ApiProcessNews = { port: number } | { rss: number; peakRss: number }

const sampleMs = 10

/**
 * The machine API behind the product's own server in a process without pages, on the database and keys that the environment names.
 * Any message asks for its resident memory, now and at most since the last time, in bytes.
 */
async function main(): Promise<void> {
  const loaded = loadConfig(process.env)
  if (!loaded.ok) throw new Error(loaded.faults.join('\n'))
  const log = createLogger(loaded.config.logLevel, { write: (line) => void process.stderr.write(line) })
  const { deps } = await createRuntime({ config: loaded.config, log })
  const web = await openWeb({
    config: { ...loaded.config, host: '127.0.0.1', port: 0 },
    log,
    metrics: deps.metrics,
    dev: false,
    api: createApi(deps),
    openPages: async () => async (_request, response) => void response.writeHead(404).end(),
    askDatabase: async () => {},
    readFigures: () => Promise.reject(new Error('this process has no figures')),
  })
  let peakRss = 0
  const rssNow = () => process.memoryUsage.rss()
  setInterval(() => {
    peakRss = Math.max(peakRss, rssNow())
  }, sampleMs)
  process.on('message', () => {
    const rss = rssNow()
    tell({ rss, peakRss: Math.max(peakRss, rss) })
    peakRss = 0
  })
  process.on('disconnect', () => process.exit())
  tell({ port: web.port })
}

function tell(news: ApiProcessNews): void {
  process.send?.(news)
}

await main()
