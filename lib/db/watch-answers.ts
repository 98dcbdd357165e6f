import { Client, type ClientBase } from 'pg'

const lookEveryMs = 1_000

/**
 * Ends a connection whose server leaves a statement without an answer: it went away without a word, or stands still. All that waits for it
 * fails, and a pool takes another connection. The driver's own `query_timeout` makes a timer for each statement, which keeps what the
 * statement held alive until the next full garbage collection; this looks once a second.
 *
 * @param client before its first statement
 * @param patienceMs longer than the server lets a statement take
 */
export function watchAnswers(client: ClientBase, patienceMs: number): void {
  let askedMs: number | null = null
  client.query = new Proxy(client.query, {
    apply(query, self, input) {
      askedMs ??= performance.now()
      return Reflect.apply(query, self, input)
    },
  })
  client.on('drain', () => {
    askedMs = null
  })
  const timer = setInterval(
    () => {
      if (askedMs === null || performance.now() - askedMs < patienceMs) return
      clearInterval(timer)
      // While a statement runs it does not say goodbye, but cuts.
      if (client instanceof Client) void client.end()
    },
    Math.min(lookEveryMs, patienceMs),
  ).unref()
  client.once('end', () => clearInterval(timer))
}
